import about from "../package.json" with { type: "json" };

/** Version of this program, from package.json. */
export const { version } = about;

/** What generated files say of their origin. */
export const generatorName = `dbtrfs ${version}`;
