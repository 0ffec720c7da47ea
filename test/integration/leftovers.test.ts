import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link', sync: 'snapshots.keep.last = 1' });
  subject.write({ file: '1', gone: '2' });
  subject.run(0);
});

afterAll(() => dir.remove());

const left = (): string[] => readdirSync(subject.destination).filter((name) => name.startsWith('.nbkp-latest-'));

it('a plan does not say that something is kept in the snapshot that it deletes', () => {
  rmSync(join(subject.source, 'gone'));
  const plan = (): string => subject.sandbox.nbkp('plan', '--files').stdout.replace(/\s+/g, ' ');
  expect(plan()).toContain('1 gone from the source, of which this plan deletes the snapshot');
  expect(plan()).not.toContain('kept in older snapshots');
  subject.respec({ mode: 'hard-link', sync: 'snapshots.keep.last = 2' });
  expect(plan()).toContain('1 gone from the source but kept in older snapshots');
});

it('a run clears away what dead ones have left, by name and only of its own kind', () => {
  // As a run leaves it that is killed when it moves latest.
  const [snapshot = ''] = subject.snapshots();
  const link = `.nbkp-latest-${snapshot}`;
  symlinkSync(`snapshots/${snapshot}`, join(subject.destination, link));
  writeFileSync(join(subject.destination, '.nbkp-latest-mine'), '');
  const specs = join(subject.sandbox.state, 'specs');
  const folder = join(specs, readdirSync(specs)[0] ?? '');
  const ended = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
  const own = (pid: number): string => `.nbkp-tmp-documents.json-${tagOfThisMachine()}-${pid}-0123abcd`;
  const names = [own(ended), own(process.pid), `.nbkp-tmp-documents.json-00000000-${ended}-0123abcd`, '.nbkp-tmp-mine'];
  for (const name of names) writeFileSync(join(folder, name), '');
  expect(subject.sandbox.nbkp('plan', '--commands').stdout).toContain(link);
  subject.run(0);
  expect(left()).toEqual(['.nbkp-latest-mine']);
  const kept = readdirSync(folder).filter((name) => name.startsWith('.nbkp-tmp-'));
  expect(kept.sort()).toEqual(names.slice(1).sort());
});

function tagOfThisMachine(): string {
  return execFileSync('sh', ['-c', 'printf %s "$(uname -n)" | sha256sum'], { encoding: 'utf8' }).slice(0, 8);
}

it('what a newer nbkp has written to the state directory is left alone, and said so', () => {
  const format = join(subject.sandbox.state, 'format.json');
  const ours = readFileSync(format, 'utf8');
  writeFileSync(format, '{"formatVersion":"1.1"}');
  const before = readdirSync(join(subject.sandbox.state, 'runs'));
  for (const command of [['run'], ['plan'], ['status'], ['history'], ['recover']]) {
    const { stderr } = subject.expectCode(1, subject.sandbox.nbkp(...command));
    expect(stderr).toContain('error[state-newer]');
  }
  expect(readdirSync(join(subject.sandbox.state, 'runs'))).toEqual(before);
  expect(readFileSync(format, 'utf8')).toBe('{"formatVersion":"1.1"}');
  writeFileSync(format, ours);
  subject.run(0);
});
