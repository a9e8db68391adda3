#!/usr/bin/env node
import { cacheCompiledCode } from "./compile-cache.ts";

cacheCompiledCode();
const [{ run }, { processStreams }] = await Promise.all([import("./run.ts"), import("./streams.ts")]);
process.exitCode = await run(process.argv.slice(2), processStreams());
