import { changed } from "./effects.ts";

/** All of a database NOCOW, as the common advice has it. */
export const toNoCow = changed({
  from: { data: "cow", log: "in-place", compression: "none" },
  to: { data: "nocow" },
});

const besideCowData = { data: "cow", log: "in-place" } as const;

export const toNoCowLog = changed({ from: besideCowData, to: { log: "nocow" } });
export const toOwnLog = changed({ from: besideCowData, to: { log: "own-filesystem" } });
export const toZstd = changed({ from: { compression: "none" }, to: { compression: "zstd" } });
export const toSmallNodes = changed({ from: { nodesize: 16384 }, to: { nodesize: 4096 } });
