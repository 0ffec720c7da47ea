import { describe, expect, it } from 'vitest';
import { snapshotValue } from '../../../../../src/executors/kinds/rsync/snapshot-value.ts';
import { localTransport } from '../../../../../src/hosts/transport/local.ts';
import { transferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { world } from '../../../../support/facts.ts';
import { planOf, stepIn } from '../../../../support/planning.ts';
import { stepContext } from '../../../../support/step-context.ts';

const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.path = "/media/usb"
syncs.docs = { source = "laptop:docs", destination = "usb:docs", snapshots.mode = "hard-link" }
`;
const NOW = '2026-03-10T12:00:00.000Z';
const NEXT = '2026-03-10T12:00:00.001Z';

/** The name and the remarks of a snapshot whose transfer starts now, where `entries` are in `snapshots/`. */
function named(entries: string[], latest?: string): { name: string | undefined; codes: string[] } {
  const facts = world({
    volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb' } },
    endpoints: {
      'laptop:docs': { source: true },
      'usb:docs': {
        destination: true,
        snapshots: latest === undefined ? [] : [latest],
        entries: Object.fromEntries(entries.map((name) => [name, 'directory' as const])),
      },
    },
  });
  const step = stepIn(planOf(SPEC, facts), 'transfer:docs');
  const context = stepContext(step, {
    transport: localTransport(),
    facts,
    observe: () => Promise.resolve(facts),
    now: () => Date.parse(NOW),
  });
  const { values, findings } = snapshotValue(transferParams(step.params), 'local', context);
  return { name: values['{snapshot:docs}'], codes: findings.map(({ code }) => code) };
}

describe('the name of a new snapshot', () => {
  it('is the time at which its transfer starts', () => {
    expect(named([])).toEqual({ name: NOW, codes: [] });
  });

  it.each(['', '.partial-', '.prune-'])('is never one that is taken: %s and the time', (prefix) => {
    expect(named([`${prefix}${NOW}`]).name).toBe(NEXT);
  });

  it('is the first that is free, and not one in between', () => {
    expect(named([NOW, `.prune-${NEXT}`]).name).toBe('2026-03-10T12:00:00.002Z');
    expect(named([NEXT]).name).toBe(NOW);
  });

  it('is remarked upon when it is not later than the latest', () => {
    expect(named([], '2026-03-10T13:00:00.000Z')).toEqual({ name: NOW, codes: ['clock-behind-latest'] });
    expect(named([], '2026-03-10T11:59:59.999Z').codes).toEqual([]);
  });
});
