import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { untilWhile } from '../support/running.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link', sync: 'snapshots.keep.last = 2' });
  subject.write({ file: '1' });
  for (let run = 0; run < 2; run += 1) subject.run(0);
});

afterAll(() => dir.remove());

/** Programs before all others. A stand-in for flock(1) keeps a run between its plan and its lock, as sleep does a laptop. */
function holdingBack(): Record<string, string> {
  const programs = join(dir.path, 'programs');
  mkdirSync(programs, { recursive: true });
  const script = `#!/bin/sh
: > ${dir.path}/planned
while test -e ${dir.path}/hold; do sleep 0.05; done
PATH=${process.env['PATH'] ?? ''} exec flock "$@"
`;
  writeFileSync(join(programs, 'flock'), script);
  chmodSync(join(programs, 'flock'), 0o755);
  writeFileSync(join(dir.path, 'hold'), '');
  rmSync(join(dir.path, 'planned'), { force: true });
  return { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` };
}

describe('a run that slept between its plan and its lock, while another finished,', () => {
  it('plans again, ends well, and deletes no snapshot that it has not named', async () => {
    const [, second = ''] = subject.snapshots();
    const { record, other } = await slept(['run', '--json']);
    expect(record.findings).toMatchObject([{ code: 'plan-renewed', severity: 'info', sync: 'documents' }]);
    expect(record.syncs).toMatchObject([{ outcome: 'succeeded', pruned: [] }]);
    // The other run has pruned the first; the second goes with the next run.
    expect(subject.snapshots()).toEqual([second, other, record.syncs[0]?.snapshot]);
    expect(subject.run(0).syncs[0]?.pruned).toEqual([second, other]);
  });

  it('is refused where somebody has agreed to a plan in a file', async () => {
    subject.expectCode(0, subject.sandbox.nbkp('plan', '--out', 'saved'));
    const before = subject.snapshots().length;
    const { record } = await slept(['apply', 'saved', '--yes', '--json'], 1);
    expect(record.syncs).toMatchObject([{ outcome: 'failed' }]);
    expect(record.steps[0]?.findings).toMatchObject([{ code: 'plan-stale' }]);
    expect(subject.snapshots()).toHaveLength(before);
  });

  async function slept(args: string[], code = 0) {
    const late = subject.sandbox.start(args, holdingBack());
    await untilWhile(late, () => existsSync(join(dir.path, 'planned')));
    const other = subject.run(0).syncs[0]?.snapshot ?? '';
    rmSync(join(dir.path, 'hold'));
    return { record: subject.recordOf(code, await late.ended), other };
  }
});

describe('two runs that wait for a third', () => {
  it('both end well, one after the other', async () => {
    const first = subject.sandbox.start(['run', '--json'], holdingBack());
    await untilWhile(first, () => existsSync(join(dir.path, 'planned')));
    const waiting = [1, 2].map(() => subject.sandbox.start(['run', '--wait', '5m', '--json']));
    rmSync(join(dir.path, 'hold'));
    subject.recordOf(0, await first.ended);
    for (const each of waiting) subject.recordOf(0, await each.ended);
  });
});
