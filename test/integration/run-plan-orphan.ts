import { runPlan } from '../../src/executors/run/run-plan.ts';
import { done, plan, plannedSync, runInput, step } from '../unit/executors/run/rig.ts';

/** A run in a process of its own that holds the lock in its argument and has a child: it prints the child's pid. */
const [path = ''] = process.argv.slice(2);
const writer = [process.execPath, '-e', 'console.error(process.pid); setInterval(() => {}, 1000)'];
const subject = plan(
  [step('write', { sync: 's', commands: [writer], locks: [{ path, mode: 'exclusive' }] })],
  [plannedSync('s')],
);
await runPlan(
  runInput(subject, async (_, context) => {
    const onStderrLine = (line: string): boolean => {
      console.log(line);
      return true;
    };
    await context.run(writer, { onStderrLine });
    return done;
  }),
);
