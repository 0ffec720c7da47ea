import { describe, expect, it } from 'vitest';
import type { StepContext } from '../../../../../src/executors/contract.ts';
import { applyVolumeRelease } from '../../../../../src/executors/kinds/source-snapshot/apply.ts';
import { applySourceCheck } from '../../../../../src/executors/kinds/source-snapshot/check.ts';
import type { ProcessResult, Transport } from '../../../../../src/hosts/transport/transport.ts';
import { lvmCommands, type LvmSnapshotParams } from '../../../../../src/planner/kinds/source-snapshot/lvm-commands.ts';
import type { StepOutcome } from '../../../../../src/planner/model/event.ts';
import { plannedStep, type Step } from '../../../../../src/planner/model/step.ts';
import { world } from '../../../../support/facts.ts';
import { stepContext, type RecordedContext } from '../../../../support/step-context.ts';

const MOUNTED = 0;

function stepOf(kind: LvmSnapshotParams['kind']): Step {
  const params: LvmSnapshotParams = {
    ...{ kind, folder: '/home/.nbkp-source', name: 'docs', group: 'vg', origin: 'home', snapshot: 'nbkp.home.docs.2' },
    ...{ size: 1024, fsType: 'ext4', whole: null, replaces: false },
  };
  const written: Record<string, string | number | boolean | null> = { ...params, whole: null };
  return plannedStep({
    ...{ id: `${kind}:docs`, kind, executor: { name: 'lvm', version: '1.0.0' }, sync: 'docs', host: 'local' },
    ...{ action: 'run', summary: 'x', reason: 'x', commands: lvmCommands(params), params: written },
  });
}

/** Stands in for LVM, which needs a kernel with a device mapper; `test/lab/lvm.test.ts` has a real one. */
function standIn(attributes: string | null, mounted = MOUNTED): Transport {
  const ended = (code: number): ProcessResult => ({
    ...{ code, signal: null, error: null, timedOut: false },
    ...{ stdout: Buffer.alloc(0), stderr: [] },
  });
  return {
    hostId: 'local',
    run: (argv, options) => {
      if (argv[0] === 'mountpoint') return Promise.resolve(ended(mounted));
      if (!argv.includes('lvs')) return Promise.resolve(ended(0));
      const report = [{ lv: [{ lv_attr: attributes ?? '', data_percent: '12.00' }] }];
      if (attributes !== null) options?.onStdout?.(Buffer.from(JSON.stringify({ report })));
      return Promise.resolve(ended(attributes === null ? 5 : 0));
    },
    lock: () => Promise.reject(new Error('nobody asks for a lock')),
  };
}

function contextOf(step: Step, transport: Transport): RecordedContext {
  const facts = world({ volumes: {}, endpoints: {} });
  return stepContext(step, { transport, facts, observe: () => Promise.resolve(facts) });
}

describe('a look at a snapshot that was read', () => {
  it.each([
    ['it is whole', 'swi-aos---', 0, 'done', []],
    ['it is full', 'swi-Ios---', 0, 'failed', ['source-snapshot-full']],
    ['somebody has unmounted it', 'swi-a-s---', 1, 'failed', ['source-snapshot-broken']],
    ['a disk of its group is gone', 'swi-aos-p-', 0, 'failed', ['source-snapshot-broken']],
    ['it is gone', null, 1, 'failed', ['source-snapshot-broken']],
  ] as const)('ends well only when it is: %s', async (_, attributes, mounted, outcome, codes) => {
    const step = stepOf('source-check');
    const result = await applySourceCheck(step, contextOf(step, standIn(attributes, mounted)));
    expect(result.outcome).toBe(outcome);
    expect(result.findings.map(({ code }) => code)).toEqual(codes);
  });
});

describe('the removal of a snapshot', () => {
  const release = async (attributes: string | null, checked: StepOutcome | null) => {
    const step = stepOf('source-release');
    const context = contextOf(step, standIn(attributes));
    const record = { id: 'source-check:docs', startedAt: null, durationMs: null, findings: [], log: [] };
    const steps = checked === null ? [] : [{ ...record, outcome: checked }];
    const soFar: StepContext['soFar'] = () => ({ exitCode: 0, syncs: [], steps, findings: [] });
    context.soFar = soFar;
    return { result: await applyVolumeRelease(step, context), ran: context.ran };
  };

  it.each([
    ['not-run', ['source-snapshot-full']],
    [null, ['source-snapshot-full']],
    ['failed', []],
  ] as const)('says why a transfer has failed, once: the look was %s', async (checked, codes) => {
    const { result } = await release('swi-Ios---', checked);
    expect(result.outcome).toBe('done');
    expect(result.findings.map(({ code }) => code)).toEqual(codes);
  });

  it('comes also where there is nothing to look at', async () => {
    const { result, ran } = await release(null, 'not-run');
    expect(result).toMatchObject({ outcome: 'done', findings: [] });
    expect(ran.at(-1)?.at(-2)).toBe('nbkp.home.docs.2');
  });
});
