import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that leave nothing in their process: no replaced module, clock or function, no other folder. */
const SHARING = ['test/{unit,golden,docs}/**/*.test.ts'];
const ALONE = [
  'test/unit/{commands,store,executors/kinds/drive}/**/*.test.ts',
  'test/unit/executors/run/locks.test.ts',
];

export default defineConfig({
  // Packages of executors import what is published, and are tested with what is in the repository.
  resolve: {
    alias: { 'nbkp/executor': source('src/executors/api.ts'), 'nbkp/testkit': source('src/testkit/index.ts') },
  },
  test: {
    // As most terminals have it: what a locale without Unicode shows is tested where it is about that.
    env: { LANG: 'C.UTF-8' },
    // Many tests run `dist/nbkp.cjs`, which has to be made from the sources that are there.
    globalSetup: 'test/support/build.ts',
    // A limit ends what hangs and says nothing of speed: a test passes on a machine that is ten times slower, or busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000, interval: 20 } },
    // By default one less than there are cores. Most of a test's time is that of the processes that it waits for.
    maxWorkers: '100%',
    // .ci/run counts what was run from the second.
    reporters: ['default', ['json', { outputFile: '.cache/test-results.json' }]],
    projects: [
      // To read all modules anew for each of them takes longer than the tests do.
      { extends: true, test: { name: 'sharing', include: SHARING, exclude: ALONE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'alone',
          include: [...ALONE, 'test/!(unit|golden|docs)/**/*.test.ts', 'packages/*/test/**/*.test.ts'],
          // Minutes, and what is made first takes minutes too: `npm run package -- test`. A browser is large: `npm run look`.
          exclude: ['**/node_modules/**', 'test/installs/**', 'test/browser/**'],
        },
      },
    ],
  },
});
