import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../../../src/planner/documents/check.ts';
import { nameRemarks, sourceRemarks } from '../../../../src/planner/documents/source-remarks.ts';
import type { Facts } from '../../../../src/planner/model/facts.ts';
import type { CheckResult } from '../../../../src/planner/model/documents.ts';
import { stopsOf } from '../../../../src/planner/purposes/backup.ts';
import { inputFor, planOf, specFrom } from '../../../support/planning.ts';
import { readScenario } from '../../../support/scenarios.ts';
import { factsOf, tomlOf, type OneSync } from '../compile/rig.ts';

const SCENARIOS = fileURLToPath(new URL('../../../golden/scenarios', import.meta.url));

describe.each(readdirSync(SCENARIOS))('of the scenario %s', (name) => {
  const { spec: text, facts, request } = readScenario(join(SCENARIOS, name));
  const spec = specFrom(text);
  const plan = planOf(spec, facts, request);
  const syncs = plan.syncs.flatMap((sync) => (sync.state === 'disabled' ? [] : (spec.syncs[sync.name] ?? [])));

  it('all that is against a sync begins with what decides it, and nothing is against one that is planned', () => {
    const stops = stopsOf(inputFor(spec, facts, request), syncs);
    const first = Object.fromEntries([...stops].map(([sync, [stop]]) => [sync, stop?.finding.code ?? null]));
    const decided = plan.syncs.filter(({ state }) => state !== 'disabled');
    expect(first).toEqual(Object.fromEntries(decided.map((sync) => [sync.name, sync.code ?? null])));
  });
});

function check(scene: OneSync): CheckResult[] {
  const spec = specFrom(tomlOf(scene));
  const facts = factsOf(scene);
  const machine = { machine: [], services: new Map() };
  const syncs = Object.values(spec.syncs);
  return checkDocument(inputFor(spec, facts, scene.request), syncs, planOf(spec, facts, scene.request), machine).checks;
}

const told = (checks: CheckResult[], subject: string): (string | undefined)[] =>
  checks.filter((each) => each.subject === subject).map(({ outcome, finding }) => finding?.code ?? outcome);

describe('what is told beside the checks', () => {
  const remarks = (sync: string[], change: (facts: Facts) => void): string[] => {
    const scene: OneSync = { sync, change };
    const spec = specFrom(tomlOf(scene));
    const input = inputFor(spec, factsOf(scene), scene.request);
    return sourceRemarks(input, Object.values(spec.syncs)).map(({ code }) => code);
  };

  it('is a pattern that repeats the path of the home folder, which only the machine knows', () => {
    const path = (facts: Facts): void => void (facts.endpoints['laptop:docs']!.path = '/home/ada/docs');
    expect(remarks(['filters = ["- /home/ada/docs/x"]'], path)).toEqual(['filter-with-source']);
    expect(remarks(['filters = ["- /x", "- ~/x"]'], path)).toEqual([]);
  });

  it('is what has a name that is kept for nbkp, and not what nbkp makes', () => {
    const left = (facts: Facts): void => {
      facts.endpoints['laptop:docs']!.leftovers = ['.nbkp-source', '.nbkp-source/x', '.nbkp-tmp-a-1', '.nbkp-notes'];
    };
    const scene: OneSync = { change: left };
    const spec = specFrom(tomlOf(scene));
    const input = inputFor(spec, factsOf(scene), scene.request);
    const told = (below: string[] | null): string[] =>
      Object.values(spec.syncs).flatMap((sync) => nameRemarks(input, sync, below).map(({ message }) => message));
    expect(told(null)).toEqual([expect.stringContaining('not copied: .nbkp-notes.')]);
    const many = Array.from({ length: 7 }, (_, index) => `d/.nbkp-${index}`);
    expect(told(many)).toEqual([expect.stringContaining('d/.nbkp-4 and 2 more.')]);
  });
});

describe('what is checked', () => {
  const full = (facts: Facts): void => void (facts.endpoints['usb:docs']!.directory!.freeInodes = 0);
  const unmounted = (facts: Facts): void => void (facts.endpoints['usb:docs']!.unmountedFstabTarget = '/mnt/usb/docs');

  it('of a sync is all that a plan would stop for, and not only what decides', () => {
    const scene: OneSync = { source: { empty: true }, change: full };
    expect(told(check(scene), 'the sync docs')).toEqual(['no-inodes', 'source-empty']);
  });

  it('of both ends is what is missing, the sync says it once, and what is told of an end is what the plan says of it', () => {
    const checks = check({ source: { source: false }, destination: { destination: false } });
    expect(told(checks, 'the sync docs')).toEqual(['sentinel-missing']);
    expect(told(checks, 'laptop:docs as a source')).toEqual(['sentinel-missing']);
    expect(told(checks, 'usb:docs as a destination')).toEqual(['sentinel-missing']);
  });

  it('of a destination that could not be prepared is why, and not that it is not prepared', () => {
    const checks = check({ sync: ['snapshots.mode = "btrfs"'], destination: { destination: false } });
    expect(told(checks, 'usb:docs as a destination')).toEqual([]);
    expect(told(checks, 'the sync docs')).toEqual(['snapshots-unsupported']);
  });

  it('of a destination is each folder that the sync writes in', () => {
    const scene: OneSync = {
      sync: ['snapshots.mode = "hard-link"'],
      destination: { snapshots: [] },
      change: (facts) => void (facts.endpoints['usb:docs']!.snapshotsReadOnly = true),
    };
    const checks = check(scene);
    expect(told(checks, 'usb:docs as a destination')).toEqual(['destination-not-writable']);
    expect(told(checks, 'the sync docs')).toEqual(['destination-not-writable']);
    const { fix } = checks.find(({ subject }) => subject === 'usb:docs as a destination')!;
    expect(fix).toEqual([['sudo', 'chown', 'ada', '/mnt/usb/docs/snapshots']]);
  });

  it('of a destination below a mountpoint of fstab with nothing mounted is that it is not here, and nobody is told to prepare it', () => {
    const checks = check({ destination: { destination: false }, change: unmounted });
    const end = checks.find(({ subject }) => subject === 'usb:docs as a destination');
    expect(end).toMatchObject({ outcome: 'absent', fix: [] });
    expect(checks.every(({ fix }) => fix.every((argv) => !argv.includes('prepare')))).toBe(true);
  });

  it('of a sync that can be planned is that it can', () => {
    expect(told(check({}), 'the sync docs')).toEqual(['passed']);
  });
});
