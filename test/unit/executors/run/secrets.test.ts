import { describe, expect, it } from 'vitest';
import { runPlan } from '../../../../src/executors/run/run-plan.ts';
import { success } from '../../../../src/planner/model/result.ts';
import { done, outcomes, plan, runInput, step } from './rig.ts';

describe('an executor', () => {
  it('passes on a passphrase that the plan names, and no other, without seeing it', async () => {
    const secrets = new Map([
      ['ntfy', success('s3"cr\\et')],
      ['other', success('hidden')],
    ]);
    const said: string[] = [];
    const cat = { commands: [['cat']], secrets: ['ntfy'] };
    const record = await runPlan(
      runInput(
        plan([step('a', cat), step('b', { ...cat, secrets: [] }), step('c', { commands: [['cat']] })]),
        async (_, context) => {
          const stdin = ['token = "', { secret: 'ntfy', escaped: true }, '" ', { secret: 'ntfy' }];
          const { stdout } = await context.run(['cat'], { stdin });
          said.push(stdout.toString());
          return done;
        },
        { secrets },
      ),
    );
    expect(said).toEqual([String.raw`token = "s3\"cr\\et" s3"cr\et`]);
    expect(outcomes(record)).toEqual({ a: 'done', b: 'failed', c: 'failed' });
    for (const { id, findings } of record.steps.slice(1)) {
      expect(findings[0]?.message).toContain(`the plan does not say that ${id} uses the passphrase ntfy`);
    }
  });
});
