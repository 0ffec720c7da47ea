import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const box = new Sandbox(dir.path);
const at = (...parts: string[]): string => join(dir.path, ...parts);

const OLD = '2026-03-06T14:30:00.000Z';
const DRIVES = ['red', 'blue', 'green', 'office', 'parents', 'safe', 'stick', 'attic'];
const FOLDERS = ['documents', 'pictures', 'music'];
const KINDS = ['hard-link', 'none', 'chain'] as const;

/** Drive by drive: one with snapshots, one without, and one that copies what the drive before it has of the first. */
const SYNCS = DRIVES.flatMap((drive, index) =>
  KINDS.map((kind, at) => {
    const chained = kind === 'chain' && index > 0;
    const from = chained ? `${DRIVES[index - 1] ?? ''}-documents` : `laptop-${FOLDERS[at] ?? ''}`;
    return { name: `${drive}-${FOLDERS[at] ?? ''}`, drive, folder: FOLDERS[at] ?? '', kind, from, chained };
  }),
);

function configuration(): string {
  const lines = ['volumes:', ...['laptop', ...DRIVES].map((name) => `  ${name}: {type: local, path: ${at(name)}}`)];
  lines.push('sync-endpoints:', ...FOLDERS.map((name) => `  laptop-${name}: {volume: laptop, subdir: ${name}}`));
  for (const { name, drive, folder, kind } of SYNCS) {
    const snapshots = kind === 'hard-link' ? ', hard-link-snapshots: {enabled: true, max-snapshots: 5}' : '';
    lines.push(`  ${name}: {volume: ${drive}, subdir: ${folder}${snapshots}}`);
  }
  lines.push('syncs:', ...SYNCS.map(({ name, from }) => `  ${name}: {source: ${from}, destination: ${name}}`));
  return `${lines.join('\n')}\n`;
}

/** What the Python tool leaves behind: its copies, its empty marks, its `latest`. */
function copiedThere({ drive, folder, kind, from, chained }: (typeof SYNCS)[number]): void {
  const destination = at(drive, folder);
  const target = kind === 'hard-link' ? join(destination, 'snapshots', OLD) : destination;
  mkdirSync(target, { recursive: true });
  const source = chained ? `${at(from.replace('-', '/'))}/latest/` : `${at(from.replace('-', '/'))}/`;
  const rules = ['--filter=H .nbkp-*', '--filter=P .nbkp-*'];
  execFileSync('rsync', ['-a', '--delete', '--safe-links', ...rules, source, `${target}/`]);
  if (kind === 'hard-link') symlinkSync(`snapshots/${OLD}`, join(destination, 'latest'));
  box.files({ [`${drive}/${folder}/.nbkp-dst`]: '', [`${drive}/${folder}/.nbkp-src`]: '' });
}

describe('nine volumes and twenty-four syncs of the Python tool', () => {
  for (const folder of FOLDERS) {
    for (const number of Array.from({ length: 10 }, (_, index) => index))
      box.files({ [`laptop/${folder}/${number % 3}/${number}.txt`]: `${folder} ${number}` });
    box.files({ [`laptop/${folder}/.nbkp-src`]: '' });
    symlinkSync('/etc/hostname', at('laptop', folder, 'leads out'));
  }
  box.files(Object.fromEntries(['laptop', ...DRIVES].map((name) => [`${name}/.nbkp-vol`, ''])));
  for (const sync of SYNCS) copiedThere(sync);
  box.files({ 'config.yaml': configuration() });

  it('move over in three commands, and the first run links and copies nothing', () => {
    expect(SYNCS).toHaveLength(24);
    const imported = box.nbkp('spec', 'import', 'config.yaml', '--out', box.spec);
    expect(imported.code, imported.stderr).toBe(0);
    const planned = box.nbkp('plan');
    expect(planned.code, planned.stdout).toBe(0);
    const times = SYNCS.map(({ drive, folder }) => statSync(at(drive, folder)).ino);
    const ran = box.nbkp('run', '--json');
    expect(ran.code, ran.stderr).toBe(0);
    const record = JSON.parse(ran.stdout) as RunRecord;
    expect(record.syncs.map(({ outcome }) => outcome)).toEqual(SYNCS.map(() => 'succeeded'));
    const copied = record.steps.filter(({ changes }) => (changes?.files ?? 0) > 0 || (changes?.deleted ?? 0) > 0);
    expect(copied).toEqual([]);
    for (const { drive, folder, kind } of SYNCS) {
      if (kind !== 'hard-link') continue;
      const inode = (snapshot: string): number => statSync(at(drive, folder, snapshot, '0/0.txt')).ino;
      expect(inode('latest')).toBe(inode(`snapshots/${OLD}`));
    }
    expect(SYNCS.map(({ drive, folder }) => statSync(at(drive, folder)).ino)).toEqual(times);
  });
});
