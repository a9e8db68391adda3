import { describe, expect, it } from "vitest";
import { comment, mkDefault, mkIf, ref } from "./expr.ts";
import { printNix } from "./print.ts";
import { nix, prints, verbose } from "./testing/printing.ts";

describe("comments", () => {
  prints(
    "stand before what they are about, apart from blocks only",
    {
      a: {
        noCow: comment("The log alone is NOCOW.", ["/wal"]),
        port: comment("The default.", 5432),
        settings: comment("Measured.", { x: 1, y: comment("Why.", 2) }),
        z: 1,
      },
    },
    nix`
      {
        a = {
          # The log alone is NOCOW.
          noCow = [ "/wal" ];
          # The default.
          port = 5432;

          # Measured.
          settings = {
            x = 1;
            # Why.
            y = 2;
          };

          z = 1;
        };
      }
    `,
  );

  prints(
    "of an inner attribute stand before the whole path",
    {
      a: comment("outer", { b: { c: comment("inner", 1) } }),
    },
    nix`
      {
        # outer
        # inner
        a.b.c = 1;
      }
    `,
  );

  prints(
    "of arguments and of comments stand before the whole value",
    {
      a: comment("outer", comment("middle", mkDefault(comment("inner", 1)))),
      b: [comment("element", mkIf(ref("c"), comment("argument", "x")))],
    },
    nix`
      {
        # outer
        # middle
        # inner
        a = lib.mkDefault 1;

        b = [
          # element
          # argument
          (lib.mkIf c "x")
        ];
      }
    `,
  );

  prints(
    "of several lines keep their paragraphs and margins",
    comment("\nOne:\n\n  - two\n", true),
    nix`
      # One:
      #
      #   - two
      true
    `,
  );

  prints("without text are not there", [comment(" \n", 1)], "[ 1 ]");

  prints(
    "cannot be ended from within",
    comment("a\rb\r\nc\u2028d\u0085e\0f\u001b[2Jg\u202eh\ud800", 1),
    nix`
      # a
      # b
      # c
      # d
      # e�f�[2Jg�h�
      1
    `,
  );

  it("are wrapped at 100 columns, and only at spaces", () => {
    const url = `https://example.org/${verbose}${verbose}`;
    const text = `${"word ".repeat(60)}${url} ${"word ".repeat(3)}`;
    const lines = printNix({ a: { b: comment(text, 1), c: 2 } })
      .split("\n")
      .filter((line) => line.includes("#"));
    expect(lines).toHaveLength(6);
    expect(lines.filter((line) => line.length > 100)).toEqual([`    # ${url}`]);
    expect(lines.map((line) => line.replace("    # ", "")).join(" ")).toBe(text.trim());
  });
});
