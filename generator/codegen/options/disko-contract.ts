/** `checks/contract/disko.json`: disko's `lib.jsonTypes`, and the hooks that `mkSubType` adds to each of its types. */
export interface DiskoContract {
  readonly hooks: { readonly names: readonly string[] };
  readonly types: Readonly<Record<string, Fields | Choice>>;
}

export type Fields = Readonly<Record<string, Field>>;

/** `partitionType` and `deviceType`: the names of the types that may be a content. */
export interface Choice {
  readonly type: "oneOf";
  readonly types: readonly string[];
}

/** A content (`"<deviceType>"`), or an option. jsonTypes writes a missing default and a default of null alike. */
export type Field =
  | string
  | { readonly type: DiskoType; readonly default: unknown; readonly description: string | null };

export type DiskoType =
  | string
  | { readonly type: "attrsOf" | "listOf" | "nullOr"; readonly subType: DiskoType }
  | { readonly type: "oneOf"; readonly types: readonly DiskoType[] }
  | { readonly type: "enum"; readonly choices: readonly unknown[] }
  | { readonly options: Fields };
