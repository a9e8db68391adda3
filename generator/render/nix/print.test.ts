import { describe, expect, it } from "vitest";
import { apply, comment, mkDefault, mkIf, type NixValue, path, ref } from "./expr.ts";
import { printModule } from "./module.ts";
import { printNix } from "./print.ts";
import { UnprintableNumber, UnprintablePath } from "./unprintable.ts";

/** The text between the backquotes, less the indentation of the line that closes it; a backslash is a backslash. */
const nix = (template: TemplateStringsArray): string => {
  const [text = ""] = template.raw;
  const margin = text.match(/\n *$/)?.[0] ?? "\n";
  return text.slice(0, -margin.length).replaceAll(`${margin}  `, "\n").replace(/^\n/, "");
};

const prints = (name: string, given: NixValue, want: string): void =>
  it(name, () => expect(printNix(given)).toBe(want));

const own = (name: string, value: NixValue): NixValue => Object.fromEntries([[name, value]]);

const verbose = "x".repeat(90);

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

describe("a module", () => {
  it("is a whole file that reads as if a person had written it", () => {
    const body: NixValue = {
      imports: [path("./disko.nix")],
      dbtrfs: {
        instances: {
          orders: {
            engine: "postgresql",
            noCow: comment("The log alone is NOCOW: the data keeps its checksums.", [
              "/var/lib/postgresql/wal",
            ]),
          },
        },
      },
      services: {
        postgresql: comment("plan.json#/decisions/orders", {
          package: ref("pkgs.postgresql_17"),
          settings: { wal_sync_method: mkDefault("open_datasync") },
        }),
      },
    };
    const header = "configuration.nix, generated by dbtrfs from db1.json: change the spec, not this file.";
    expect(printModule({ header, formals: ["lib", "pkgs"], body })).toBe(
      `${nix`
      # configuration.nix, generated by dbtrfs from db1.json: change the spec, not this file.
      { lib, pkgs, ... }:
      {
        imports = [ ./disko.nix ];

        dbtrfs.instances.orders = {
          engine = "postgresql";
          # The log alone is NOCOW: the data keeps its checksums.
          noCow = [ "/var/lib/postgresql/wal" ];
        };

        # plan.json#/decisions/orders
        services.postgresql = {
          package = pkgs.postgresql_17;
          settings.wal_sync_method = lib.mkDefault "open_datasync";
        };
      }
    `}\n`,
    );
  });

  it("takes only the arguments it uses, one a line from three on", () => {
    expect(printModule({ header: "", formals: [], body: {} })).toBe("{ ... }:\n{ }\n");
    expect(printModule({ header: "h", formals: ["config", "lib", "pkgs"], body: {} })).toBe(
      "# h\n{\n  config,\n  lib,\n  pkgs,\n  ...\n}:\n{ }\n",
    );
    expect(() => printModule({ header: "", formals: ["a b"], body: {} })).toThrow(TypeError);
  });
});
