import { describe, expect, it } from 'vitest';
import { snapshotsDocument } from '../../../../src/planner/documents/snapshots.ts';
import type { SyncHistory } from '../../../../src/planner/model/facts.ts';
import { snapshotsText } from '../../../../src/reporters/human/snapshots.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { world } from '../../../support/facts.ts';
import { planOf, specFrom } from '../../../support/planning.ts';

const spec = specFrom(`version = 1
volumes.home.path = "/home/ada"
volumes.usb.path = "/media/usb"
syncs.docs = { source = "home", destination = "usb:docs", snapshots = { mode = "hard-link", keep.last = 1 } }
policy.max-prune = 2
`);
const REFUSED: SyncHistory = {
  lastSuccess: null,
  lastRun: { run: 'r1', at: '2026-03-09T12:00:00.000Z', outcome: 'refused' },
};

function listed(snapshots: string[], history: Record<string, SyncHistory> = {}) {
  const volumes = { home: { path: '/home/ada' }, usb: { path: '/media/usb' } };
  const endpoints = { home: { source: true }, 'usb:docs': { destination: true, snapshots } };
  const facts = world({ volumes, endpoints, history });
  return snapshotsDocument(spec, facts, planOf(spec, facts, {}, 'prune'));
}

const days = (count: number): string[] =>
  Array.from({ length: count }, (_, day) => `2026-03-0${day + 1}T12:00:00.000Z`);

describe('the snapshots of a sync of which nothing is pruned', () => {
  it.each([
    ['prune-while-refused', listed(days(3), { docs: REFUSED })],
    ['max-prune-exceeded', listed(days(6))],
  ])('are all listed, and stay for now: %s', (code, document) => {
    const [docs] = document.syncs;
    expect(docs).toMatchObject({ code, latest: docs?.snapshots.at(-1)?.name });
    const [first, ...others] = docs?.snapshots ?? [];
    expect(first).toMatchObject({ verdict: 'keep', reasons: [`stays while nothing is pruned (${code})`] });
    expect(first).not.toHaveProperty('goesAt');
    expect(others.at(-1)?.reasons).toContain('latest names it');
    expect(document.findings).toMatchObject([{ severity: 'warning', code, sync: 'docs' }]);
    const text = snapshotsText(document, createStyle({ colour: false, width: 80 }));
    expect(text).toContain(`docs: usb:docs (hard-link snapshots, ${others.length + 1} snapshots)`);
    expect(text).not.toContain('Allowed by');
  });
});
