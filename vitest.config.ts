import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["generator/**/*.test.ts", "checks/**/*.test.ts"],
    // vitest keeps a processor for itself, which idles here: much of what tests wait for are servers and Nix.
    maxWorkers: "100%",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
