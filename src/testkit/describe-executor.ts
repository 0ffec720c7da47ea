import { rmSync } from 'node:fs';
import { LAWS } from './laws/index.ts';
import { openShared, Rehearsal, type Shared } from './rehearsal.ts';
import { detectRunner } from './runner.ts';
import type { Runner, Subject } from './subject.ts';

/** Milliseconds of one law. */
const TIMEOUT_MS = 300_000;

/**
 * Describes the laws that every executor has to keep, as tests of the runner at hand. Nothing is a fake but the faults:
 * the world is real, and so are its commands.
 *
 * @param runner functions of vitest or node:test; those of this process without it. Throws when there are none.
 */
export function describeExecutor(subject: Subject, runner: Runner = detectRunner()): void {
  const { describe, it } = runner;
  const before = runner.beforeAll ?? runner.before;
  const after = runner.afterAll ?? runner.after;
  if (before === undefined || after === undefined) {
    throw new Error('The runner needs beforeAll and afterAll, or before and after.');
  }
  describe(`the executor ${subject.name ?? subject.executor.planning.name}`, () => {
    let shared: Shared | undefined;
    before(() => {
      shared = openShared();
      return Promise.resolve();
    });
    after(() => {
      if (shared !== undefined) rmSync(shared.folder, { recursive: true, force: true });
      return Promise.resolve();
    });
    for (const law of LAWS) {
      it(`${law.name}: ${law.says}`, { timeout: TIMEOUT_MS }, async () => {
        if (shared === undefined) throw new Error('the runner has not called beforeAll');
        await law.hold(new Rehearsal(subject, law, shared));
      });
    }
  });
}
