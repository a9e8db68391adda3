import { describe, expect, it } from "vitest";
import { printNix } from "./print.ts";
import { nix, own, prints, verbose } from "./testing/printing.ts";
import { UnprintableNumber } from "./unprintable.ts";

describe("attribute sets and lists", () => {
  prints(
    "nothing in them",
    { a: {}, b: [], c: { d: undefined } },
    nix`
      {
        a = { };
        b = [ ];
        c = { };
      }
    `,
  );

  prints(
    "one attribute within one becomes a path, two become a block",
    {
      boot: { loader: { "systemd-boot": { enable: true } } },
      snapshots: { every: "15min", keep: "24h 7d 4w" },
    },
    nix`
      {
        boot.loader.systemd-boot.enable = true;

        snapshots = {
          every = "15min";
          keep = "24h 7d 4w";
        };
      }
    `,
  );

  prints(
    "undefined attributes are not there",
    { a: { b: undefined, c: 1 }, d: undefined },
    nix`
      {
        a.c = 1;
      }
    `,
  );

  prints(
    "a list stays on one line with one element, as nixfmt has it",
    {
      one: ["/var/lib/postgresql/wal"],
      two: ["--data-checksums", "--no-sync"],
      long: [`${verbose}`],
    },
    `{
  one = [ "/var/lib/postgresql/wal" ];

  two = [
    "--data-checksums"
    "--no-sync"
  ];

  long = [
    "${verbose}"
  ];
}`,
  );

  prints(
    "a set of one attribute in a list",
    [{ a: 1 }, { a: 1, b: 2 }, {}],
    nix`
      [
        { a = 1; }
        {
          a = 1;
          b = 2;
        }
        { }
      ]
    `,
  );

  prints(
    "names are quoted only where Nix needs it",
    {
      "a-b": 1,
      "it's": 2,
      _: 3,
      "8k": 4,
      "a b": 5,
      in: 6,
      or: 7,
      "": 8,
      "${x}": 9,
      "/var": { "x.y": 10 },
    },
    `{
  a-b = 1;
  it's = 2;
  _ = 3;
  "8k" = 4;
  "a b" = 5;
  "in" = 6;
  "or" = 7;
  "" = 8;
  "\\\${x}" = 9;
  "/var"."x.y" = 10;
}`,
  );

  prints(
    "a name that JavaScript treats specially",
    own("__proto__", { a: 1 }),
    nix`
      {
        __proto__.a = 1;
      }
    `,
  );

  it("moves every line but the first by the indentation it is given", () => {
    expect(printNix({ a: ["x", "y"] }, 4)).toBe('{\n      a = [\n        "x"\n        "y"\n      ];\n    }');
  });
});

describe("strings", () => {
  it.each([
    ["plain", '"plain"'],
    ['say "hi"', '"say \\"hi\\""'],
    ["C:\\dir", '"C:\\\\dir"'],
    ["${HOME} $HOME $${x}", '"\\${HOME} $HOME $\\${x}"'],
    ["one line\n", '"one line\\n"'],
    ["a\tb\r\n", '"a\\tb\\r\\n"'],
  ])("%j is printed on one line", (text, want) => expect(printNix(text)).toBe(want));

  it("lines become an indented string", () => {
    const script = "set -e\nif test -n \"${DIR}\"; then\n  echo '' done\n\nfi\n";
    expect(printNix({ a: { script, b: "x\ny" } })).toBe(`{
  a = {
    script = ''
      set -e
      if test -n "''\${DIR}"; then
        echo ''' done

      fi
    '';
    b = ''
      x
      y'';
  };
}`);
  });

  it.each([
    ["every line indented", "  a\n  b\n"],
    ["spaces at the end of a line", "a \nb\n"],
    ["a line of spaces", "a\n  \nb\n"],
    ["a tab", "a\n\tb\n"],
    ["a carriage return", "a\r\nb\r\n"],
    ["a quote at the end", "a\nit'"],
    ["quotes that would merge with an escape", "a\n'${b}"],
  ])("stays on one line where an indented string would hide or change something: %s", (_, text) => {
    expect(printNix(text)).toMatch(/^"[^\n\t\r]*"$/);
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [-0, "0"],
    [42, "42"],
    [-1, "-1"],
    [0.5, "0.5"],
    [1e-7, "1.0e-7"],
    [-2.5e-9, "-2.5e-9"],
    [Number.MAX_SAFE_INTEGER, "9007199254740991"],
  ])("%d", (value, want) => expect(printNix(value)).toBe(want));

  it.each([NaN, Infinity, -Infinity, 2 ** 53, 1e300, 5e-324])("refuses %d", (value) => {
    expect(() => printNix({ a: [value] })).toThrow(UnprintableNumber);
  });
});
