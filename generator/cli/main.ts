#!/usr/bin/env node
import { cacheCompiledCode } from "./compile-cache.ts";

cacheCompiledCode();
const [{ run }, { processStreams }, { colourWishIn }] = await Promise.all([
  import("./run.ts"),
  import("./streams.ts"),
  import("./colour.ts"),
]);
const args = process.argv.slice(2);
process.exitCode = await run(args, processStreams(colourWishIn(args)));
