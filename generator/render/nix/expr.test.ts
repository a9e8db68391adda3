import { describe, expect, it } from "vitest";
import { apply, mkDefault, mkIf, type NixValue, path, ref } from "./expr.ts";
import { printNix } from "./print.ts";
import { nix, prints, verbose } from "./testing/printing.ts";
import { UnprintablePath } from "./unprintable.ts";

describe("expressions", () => {
  prints(
    "as values",
    {
      package: ref("pkgs.postgresql_17"),
      imports: [path("./disko.nix"), path("../a/b_c-1.nix")],
      port: mkDefault(5432),
      low: mkDefault(-1),
      deep: mkDefault(mkDefault("x")),
      start: ref("a || b"),
    },
    nix`
      {
        package = pkgs.postgresql_17;

        imports = [
          ./disko.nix
          ../a/b_c-1.nix
        ];

        port = lib.mkDefault 5432;
        low = lib.mkDefault (-1);
        deep = lib.mkDefault (lib.mkDefault "x");
        start = a || b;
      }
    `,
  );

  prints(
    "as list elements",
    [ref("pkgs.btrbk"), ref("a b"), ref("x: x"), mkDefault(1), -1, 1],
    nix`
      [
        pkgs.btrbk
        (a b)
        (x: x)
        (lib.mkDefault 1)
        (-1)
        1
      ]
    `,
  );

  prints(
    "with a set or a list as the last argument",
    {
      services: mkIf(ref("config.a.enable && b"), { enable: true }),
      list: apply("lib.mkMerge", [{ a: 1 }, mkIf(ref("c"), { b: 1 })]),
      order: apply("lib.mkOverride", 900, mkIf(ref("c"), { d: 1 })),
      text: mkDefault("a\nb\n"),
    },
    nix`
      {
        services = lib.mkIf (config.a.enable && b) {
          enable = true;
        };

        list = lib.mkMerge [
          { a = 1; }
          (lib.mkIf c {
            b = 1;
          })
        ];

        order = lib.mkOverride 900 (
          lib.mkIf c {
            d = 1;
          }
        );

        text = lib.mkDefault ''
          a
          b
        '';
      }
    `,
  );

  prints(
    "too long for one line",
    {
      a: apply("f", verbose, "argument", "argument"),
      // A short name gains nothing from a line break after it; a quoted or a deep one does.
      b: `${verbose}${verbose}`,
      "c d": `${verbose}${verbose}`,
      e: ref(`${verbose}.${verbose}`),
    },
    `{
  a =
    f "${verbose}"
      "argument"
      "argument";

  b = "${verbose}${verbose}";

  "c d" =
    "${verbose}${verbose}";

  e =
    ${verbose}.${verbose};
}`,
  );

  prints(
    "code of several lines moves with its place",
    { a: { b: ref("let\n  x = 1;\n\nin\nx"), c: 1 } },
    nix`
      {
        a = {
          b = let
            x = 1;

          in
          x;
          c = 1;
        };
      }
    `,
  );

  it.each(["disko.nix", "/etc/x.nix", "./a b.nix", "./a//b", "./a/", "./${x}", "./a;b", ".", ""])(
    "refuses the path %j",
    (text) => {
      expect(() => printNix({ imports: [path(text)] })).toThrow(UnprintablePath);
    },
  );

  it("refuses what is no Nix value", () => {
    for (const stranger of [new Date(0), new Map(), () => 1, 1n, [undefined]]) {
      expect(() => printNix({ a: stranger } as unknown as NixValue)).toThrow(TypeError);
    }
  });
});
