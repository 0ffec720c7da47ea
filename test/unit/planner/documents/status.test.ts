import { describe, expect, it } from 'vitest';
import type { RunRecord, SyncRecord } from '../../../../src/planner/model/run.ts';
import { failureSentence } from '../../../../src/planner/documents/last-failure.ts';
import { writtenPerDay } from '../../../../src/planner/documents/pace.ts';
import { volumesDocument } from '../../../../src/planner/documents/status.ts';
import { readSpec } from '../../../../src/planner/spec/index.ts';
import { world } from '../../../support/facts.ts';

const NOW = Date.parse('2026-03-31T00:00:00Z');
const read = readSpec(
  `version = 1
[volumes.home]
path = "/home/sam"
[volumes.usb]
path = "/media/usb"
[syncs.documents]
source = "home:Documents"
destination = "usb:documents"
[syncs.photos]
source = "home:Pictures"
destination = "usb:photos"
`,
  'nbkp.toml',
);
if (!read.ok) throw new Error(JSON.stringify(read.findings));
const spec = read.value;

function record(day: number, syncs: Partial<SyncRecord>[], rest: Partial<RunRecord> = {}): RunRecord {
  const startedAt = new Date(Date.UTC(2026, 2, day)).toISOString();
  const blank: SyncRecord = { name: '', outcome: 'succeeded', pruned: [], files: 0, bytes: 0, deleted: 0, entries: 0 };
  return {
    ...{ formatVersion: '1.0', run: `r${day}`, plan: '', purpose: 'backup', spec: { path: '', digest: '' } },
    ...{ machine: { hostname: '', user: '' }, pid: 1, command: [], startedAt, finishedAt: startedAt, durationMs: 1 },
    ...{ exitCode: 0, syncs: syncs.map((sync) => ({ ...blank, ...sync })), steps: [], findings: [] },
    ...rest,
  };
}

describe('the pace at which a volume fills', () => {
  it('is what all its syncs copied a day, but not their first copies', () => {
    const records = [
      record(1, [
        { name: 'documents', bytes: 1e12 },
        { name: 'photos', bytes: 1e12 },
      ]),
      record(11, [{ name: 'documents', bytes: 300 }]),
      record(21, [
        { name: 'documents', bytes: 300 },
        { name: 'photos', bytes: 30 },
      ]),
    ];
    expect(writtenPerDay(spec, records.toReversed(), NOW).get('usb')).toBe(21);
  });

  it('is unknown before three days have passed, and knows nothing of failures and restores', () => {
    const young = [record(29, [{ name: 'documents', bytes: 5 }]), record(30, [{ name: 'documents', bytes: 5 }])];
    expect(writtenPerDay(spec, young, NOW).size).toBe(0);
    const others = [
      record(1, [{ name: 'documents', outcome: 'failed', bytes: 5 }]),
      record(2, [{ name: 'documents', bytes: 5 }], { purpose: 'restore' }),
    ];
    expect(writtenPerDay(spec, others, NOW).size).toBe(0);
  });
});

describe('the last failure in one sentence', () => {
  const finding = {
    severity: 'error',
    code: 'disk-full',
    message: 'usb 1.2 is full. Make room.',
    sync: 'documents',
  } as const;

  it('is the first one of what the run found wrong with the sync', () => {
    const failed = record(1, [{ name: 'documents', outcome: 'failed' }], { findings: [finding] });
    expect(failureSentence(failed, 'documents')).toBe('usb 1.2 is full.');
  });

  it('is nothing for a success and for another sync', () => {
    const fine = record(1, [{ name: 'documents' }], { findings: [finding] });
    expect(failureSentence(fine, 'documents')).toBeNull();
    expect(failureSentence(fine, 'photos')).toBeNull();
  });
});

describe('a drive that is mounted', () => {
  it('is told as mounted where lsblk knows no UUIDs, as without udev', () => {
    const uuid = '8a3b2c1d-1111-4222-8333-444455556666';
    const drive = readSpec(`version = 1\nvolumes.usb.mount.device-uuid = "${uuid}"\n`, 'nbkp.toml');
    if (!drive.ok) throw new Error(JSON.stringify(drive.findings));
    const facts = world({ volumes: { usb: { path: '/media/usb', uuid } }, endpoints: {} });
    const [usb] = Object.values(facts.volumes);
    if (usb !== undefined) usb.drive = { devices: [], cleartext: null, namesake: null };
    const [told] = volumesDocument(drive.value, facts, Object.values(drive.value.volumes)).volumes;
    const device = usb?.directory?.mount?.source;
    expect(told?.drive).toMatchObject({ state: 'mounted', device, mountedAt: '/media/usb' });
  });
});
