import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // By default one less than there are cores. Most of a test's time is that of the processes that it waits for.
    maxWorkers: '100%',
    // .ci/run counts what was run from the second.
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
  },
});
