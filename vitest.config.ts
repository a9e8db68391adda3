import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["generator/**/*.test.ts", "checks/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
