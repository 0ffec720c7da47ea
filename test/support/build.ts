import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { buildWhatChanged } from '../../scripts/setup/build.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Makes `dist/` before the first test, and again before tests that are repeated because a file changed. */
export default function build(project: TestProject): void {
  buildWhatChanged(ROOT);
  project.onTestsRerun(() => {
    buildWhatChanged(ROOT);
    return Promise.resolve();
  });
}
