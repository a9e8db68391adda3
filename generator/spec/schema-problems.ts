import type * as z from "zod";
import { didYouMean } from "../did-you-mean.ts";
import type { Problem } from "../problem.ts";
import { type Path, pointerTo, show, valueAt } from "./pointer.ts";
import { knownKeys, type SchemaNode, schemaAt } from "./schema-node.ts";

type Issue = z.core.$ZodIssue;

export interface Subject {
  readonly file: string;
  readonly document: unknown;
  /** JSON Schema of the document. */
  readonly schema: SchemaNode;
}

const quoteList = (values: readonly unknown[]) => values.map((v) => JSON.stringify(v)).join(", ");

const suggestion = (found: unknown, known: readonly unknown[]): string | null => {
  if (typeof found !== "string") return null;
  const words = known.filter((each) => typeof each === "string");
  const word = didYouMean(found, words);
  return word === undefined ? null : `Did you mean ${JSON.stringify(word)}?`;
};

const problemAt = (subject: Subject, path: Path, allowed: string, fix: string | null): Problem => {
  const value = valueAt(subject.document, path);
  const about = schemaAt(subject.schema, subject.document, path)?.description;
  const remedy = fix ?? (value === undefined ? "Add it." : "Change the value.");
  return {
    file: subject.file,
    pointer: pointerTo(path),
    found: value === undefined ? "nothing: the field is missing" : show(value),
    allowed,
    fix: about ? `${remedy} ${about}` : remedy,
  };
};

const unknownKey = (subject: Subject, path: Path, key: string): Problem => {
  const parent = valueAt(subject.document, path);
  const known = knownKeys(schemaAt(subject.schema, subject.document, path), parent);
  return {
    file: subject.file,
    pointer: pointerTo([...path, key]),
    found: `an unknown key ${JSON.stringify(key)}`,
    allowed: known.length ? known.join(", ") : "no such key here",
    fix: suggestion(key, known) ?? "Remove it.",
  };
};

/** Of a union's branches, the one that the writer most probably meant: it knows the keys, and its complaint lies deepest. */
const likeliest = (errors: readonly (readonly Issue[])[]): readonly Issue[] => {
  const depth = (issues: readonly Issue[]) => Math.max(0, ...issues.map((i) => i.path.length));
  const shallowTypeError = (issues: readonly Issue[]) =>
    issues.some((i) => i.code === "invalid_type" && i.path.length === 0) ? 1 : 0;
  const unknown = (issues: readonly Issue[]) =>
    issues.reduce((sum, i) => sum + (i.code === "unrecognized_keys" ? i.keys.length : 0), 0);
  const ranked = [...errors].sort(
    (a, b) =>
      shallowTypeError(a) - shallowTypeError(b) ||
      unknown(a) - unknown(b) ||
      depth(b) - depth(a) ||
      a.length - b.length,
  );
  return ranked[0] ?? [];
};

/** The problems behind one zod issue, with its path taken relative to `base`. */
export const issueProblems = (subject: Subject, issue: Issue, base: Path = []): Problem[] => {
  const path = [...base, ...(issue.path as Path)];
  const found = valueAt(subject.document, path);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => unknownKey(subject, path, key));
    case "invalid_value":
      return [problemAt(subject, path, quoteList(issue.values), suggestion(found, issue.values))];
    case "invalid_union":
      return unionProblems(subject, issue, path);
    case "invalid_type":
      return [problemAt(subject, path, `a value of type ${issue.expected}`, null)];
    case "invalid_key":
      return issue.issues.flatMap((inner) => [problemAt(subject, path, inner.message, "Rename the key.")]);
    default:
      return [
        problemAt(
          subject,
          path,
          issue.message.replace(/^Too (small|big): expected \w+ to be /, "a value "),
          null,
        ),
      ];
  }
};

const unionProblems = (subject: Subject, issue: z.core.$ZodIssueInvalidUnion, path: Path): Problem[] => {
  const inner = likeliest(issue.errors);
  if (inner.length > 0) return inner.flatMap((i) => issueProblems(subject, i, path));
  const options = "options" in issue && Array.isArray(issue.options) ? issue.options : [];
  return [problemAt(subject, path, quoteList(options), suggestion(valueAt(subject.document, path), options))];
};
