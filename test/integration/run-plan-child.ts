import { join } from 'node:path';
import type { Finding } from '../../src/planner/model/finding.ts';
import type { StepRecord } from '../../src/planner/model/run.ts';
import { runPlan } from '../../src/executors/run/run-plan.ts';
import type { StepJournal } from '../../src/store/journal.ts';
import { closeRun, openRun } from '../../src/store/runs.ts';
import { done, failed, facts, plan, plannedSync, runInput, step } from '../unit/executors/run/rig.ts';

/**
 * A run in a process of its own, which can be killed: `STATE FOLDER MOMENT`. Three steps make files in FOLDER; at the
 * given moment, counted over both sides of each note in the journal, the process kills itself as `kill -9` does.
 */
const [state = '', folder = '', moment = ''] = process.argv.slice(2);

class DeadlyJournal implements StepJournal {
  #moments = 0;

  constructor(readonly real: StepJournal) {}

  begin(id: string, at: string): Promise<Finding | null> {
    return this.#survive(() => this.real.begin(id, at));
  }

  end(record: StepRecord): Promise<Finding | null> {
    return this.#survive(() => this.real.end(record));
  }

  async #survive(note: () => Promise<Finding | null>): Promise<Finding | null> {
    this.#pass();
    const answer = await note();
    this.#pass();
    return answer;
  }

  #pass(): void {
    if (String(this.#moments) === moment) process.kill(process.pid, 'SIGKILL');
    this.#moments += 1;
  }
}

const touch = (name: string): string[] => ['touch', join(folder, name)];
const subject = plan(
  [
    step('one', { sync: 's', commands: [touch('one')] }),
    step('two', { sync: 's', commands: [touch('two')], dependsOn: ['one'] }),
    step('three', { sync: 's', commands: [touch('three')], dependsOn: ['two'] }),
  ],
  [plannedSync('s')],
  { spec: { path: join(folder, 'nbkp.toml'), digest: 'sha256:spec' } },
);

const opened = await openRun(state, { plan: subject, facts, command: ['nbkp', 'run'], now: Date.now() });
if (!opened.ok) throw new Error(opened.findings[0]?.message);
const record = await runPlan(
  runInput(
    subject,
    async (own, context) => {
      const { code } = await context.run(own.commands[0] ?? []);
      return code === 0 ? done : failed();
    },
    { header: opened.value.header, journal: new DeadlyJournal(opened.value.journal), now: () => Date.now() },
  ),
);
await closeRun(state, opened.value, subject, record);
