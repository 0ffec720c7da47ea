import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/installs/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // Each has a root with a system in it.
    maxWorkers: 1,
  },
});
