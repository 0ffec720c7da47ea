import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';

/** What takes seconds, starts programs, changes folders or reads the text of the sources, and what only shows the plans of others. */
const LEFT_OUT = [
  'test/property/plan.test.ts',
  'test/property/plan-bytes.test.ts',
  'test/unit/planner/spec/properties.test.ts',
  'test/unit/planner/purity.test.ts',
  'test/unit/reporters/**',
  'test/unit/scripts/**',
  // Stryker runs tests in threads, which have no working directory of their own.
  'test/unit/store/spec-search.test.ts',
];

const { paths, near } = JSON.parse(process.env.NBKP_MUTATED);
const nearest = paths.map((path) => path.replace(/^src/, 'test/unit').replace(/\.ts$/, ''));

/** A mutant is done with at the first test that fails. Those beside the mutated folders come first. */
class NearestFirst extends BaseSequencer {
  sort(files) {
    const rank = ({ moduleId }) => (nearest.some((path) => moduleId.includes(path)) ? 0 : 1);
    return Promise.resolve(files.toSorted((a, b) => rank(a) - rank(b)));
  }
}

export default defineConfig({
  test: {
    include: near ? nearest.map((path) => `${path}{/**/*,*}.test.ts`) : ['test/{unit,property,golden}/**/*.test.ts'],
    exclude: LEFT_OUT,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    sequence: { sequencer: NearestFirst },
  },
});
