import { join } from 'node:path';
import { expect } from 'vitest';
import { Backup, type BackupOptions } from './backup.ts';
import { treeOf, wholeTreeOf } from './tree.ts';

let places = 0;

const KEEP_ONE = 'snapshots.keep.last = 1';

/** In a place of its own in `root`, a backup of 100 files and a folder; with snapshots there are two, of which the next run prunes. */
export function backedUp(root: string, { sync = '', ...options }: BackupOptions): Backup {
  places += 1;
  const drive = options.drive === undefined ? {} : { drive: join(options.drive, String(places)) };
  const subject = new Backup(join(root, String(places)), { ...options, ...drive });
  subject.many(100);
  subject.write({ 'folder/file': 'kept' });
  subject.run(0);
  subject.run(0);
  const keep = options.mode === 'none' ? '' : KEEP_ONE;
  subject.respec({ ...options, sync: `${keep}\n${sync}` });
  return subject;
}

/** What must not change: all that holds data. New files may be copied to where they are no snapshot yet. */
export async function kept(subject: Backup): Promise<string[]> {
  const tree = await treeOf(subject.destination);
  return tree.filter((line) => !/(^| )(snapshots\/\.partial-|staging[/\t])|^snapshots\t/.test(line));
}

export async function expectRefused(subject: Backup, code: string): Promise<void> {
  const [before, latest] = [await kept(subject), await wholeTreeOf(subject.copy())];
  const record = subject.run(3);
  expect(record.syncs).toMatchObject([
    { name: 'documents', outcome: expect.stringMatching(/refused|blocked/), pruned: [], deleted: 0 },
  ]);
  const findings = [...record.findings, ...record.steps.flatMap((step) => step.findings)];
  expect(findings).toMatchObject([{ severity: 'error', code }]);
  expect(findings[0]?.help).toContain('--allow-destructive');
  expect(await wholeTreeOf(subject.copy())).toEqual(latest);
  expect(await kept(subject)).toEqual(before);
}

export async function expectAllowed(subject: Backup): Promise<void> {
  expect(subject.run(0, '--allow-destructive').syncs[0]).toMatchObject({ outcome: 'succeeded' });
  const { source, restored } = await subject.roundTrip();
  expect(restored).toEqual(source);
}
