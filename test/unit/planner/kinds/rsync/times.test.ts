import { describe, expect, it } from 'vitest';
import { EXACT_TIMES, isExact, questionsAboutTimes } from '../../../../../src/planner/kinds/rsync/times.ts';
import { NOWHERE } from '../../../../../src/planner/model/rsync-flags.ts';
import type { Facts } from '../../../../../src/planner/model/facts.ts';
import { planOf, specFrom, stepIn } from '../../../../support/planning.ts';
import { world } from '../../../../support/facts.ts';

const SPEC = `version = 1
[volumes.laptop]
path = "/home"
[volumes.usb]
path = "/usb"
[syncs.home]
source = "laptop"
destination = "usb:home"
`;

interface Ends {
  source: string;
  destination: string;
  kept: { source: boolean; destination: boolean };
  rsync: string;
  answer: string | null;
}

function facts(some: Partial<Ends> = {}): Facts {
  const given: Ends = {
    ...{ source: 'ext4', destination: 'btrfs', kept: { source: true, destination: true } },
    ...{ rsync: '3.2.7', answer: '10 4\n', ...some },
  };
  const known = world({
    volumes: { laptop: { path: '/home', fsType: given.source }, usb: { path: '/usb', fsType: given.destination } },
    endpoints: { laptop: { source: true }, 'usb:home': { destination: true } },
  });
  for (const key of ['laptop', 'usb:home']) Object.assign(known.endpoints[key] ?? {}, { nanoseconds: given.kept });
  Object.assign(known.hosts['local'] ?? {}, { rsync: { kind: 'rsync', version: given.rsync } });
  if (given.answer === null) return known;
  return {
    ...known,
    answers: { rsync: { home: { 'exact-times': { code: 0, stdout: given.answer, problem: null } } } },
  };
}

function isCompared(given: Facts): boolean {
  const { commands } = stepIn(planOf(SPEC, given), 'transfer:home');
  // What is only about one side compares nothing.
  return commands.every((argv) => argv.includes(EXACT_TIMES) || argv.at(-1) === NOWHERE);
}

describe('times are compared to the nanosecond', () => {
  it.each([
    ['both ends keep them, and the copy has them', {}],
    ['the copy has no file yet', { answer: '0 0\n' }],
    ['rsync is 3.1.3', { rsync: '3.1.3' }],
    ['rsync is 4.0.0', { rsync: '4.0.0' }],
  ])('where %s', (_, some) => {
    expect(isCompared(facts(some))).toBe(true);
  });

  it.each<[string, Partial<Ends>]>([
    ['a time at the source had no fraction', { kept: { source: false, destination: true } }],
    ['a time at the destination had no fraction', { kept: { source: true, destination: false } }],
    ['the copy has whole seconds', { answer: '10 0\n' }],
    ['nobody could tell', { answer: '' }],
    ['nobody asked', { answer: null }],
    ['rsync is older than 3.1.3', { rsync: '3.1.2' }],
    ...['vfat', 'exfat', 'fuseblk', 'ntfs3', 'nfs4', 'cifs', 'fuse.sshfs'].flatMap(
      (fsType): [string, Partial<Ends>][] => [
        [`the source is on ${fsType}`, { source: fsType }],
        [`the destination is on ${fsType}`, { destination: fsType }],
      ],
    ),
  ])('not where %s', (_, some) => {
    expect(isCompared(facts(some))).toBe(false);
  });

  it('from then on, as long as both ends keep them', () => {
    const success = { run: 'r', at: '2026-03-09T12:00:00.000Z', snapshot: null, entries: 3, mountTarget: null };
    const history = { home: { lastRun: null, lastSuccess: { ...success, exactTimes: true as const } } };
    expect(isCompared({ ...facts({ answer: null }), history })).toBe(true);
    expect(isCompared({ ...facts({ answer: null, destination: 'vfat' }), history })).toBe(false);
    const spec = specFrom(SPEC);
    const sync = spec.syncs['home'];
    if (sync === undefined) throw new Error('the spec has no sync');
    expect(questionsAboutTimes({ spec, facts: facts(), sync })).toHaveLength(1);
    expect(questionsAboutTimes({ spec, facts: { ...facts(), history }, sync })).toEqual([]);
  });
});

describe('a run has compared exact times', () => {
  it.each([
    [['rsync', '-a', EXACT_TIMES], true],
    [['rsync', '-a'], false],
    [['rsync', '-a', EXACT_TIMES, '--modify-window=0'], false],
    [['rsync', '-a', EXACT_TIMES, '-@1'], false],
  ])('%j: %s', (argv, exact) => {
    expect(isExact(argv)).toBe(exact);
  });
});
