import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  const path = JSON.stringify(join(dir.path, 'spare'));
  subject = new Backup(dir.path, { mode: 'none', more: `[volumes.spare]\npath = ${path}` });
});

afterAll(() => dir.remove());

const spare = () => join(dir.path, 'spare');
const STATES = {
  'prepared, though no sync uses it': () => subject.expectCode(0, subject.sandbox.nbkp('prepare', 'spare', '--yes')),
  'there without its mark': () => rmSync(join(spare(), '.nbkp-vol')),
  absent: () => rmSync(spare(), { recursive: true }),
};
const COMMANDS = [
  ['plan'],
  ['plan', '--json'],
  ['plan', '--files'],
  ['graph'],
  ['run', '--dry-run'],
  ['run'],
  ['apply'],
];

describe('--require of a volume', () => {
  it('means the same to each command that plans', () => {
    mkdirSync(spare());
    const codes = Object.entries(STATES).map(([state, make]) => {
      make();
      const ended = COMMANDS.map((words) => {
        const yes = words[0] === 'apply' ? ['--yes'] : [];
        return subject.sandbox.nbkp(...words, ...yes, '--require', 'spare').code;
      });
      return [state, ended];
    });
    const all = (code: number): number[] => COMMANDS.map(() => code);
    expect(Object.fromEntries(codes)).toEqual({
      'prepared, though no sync uses it': all(0),
      'there without its mark': all(4),
      absent: all(4),
    });
  });

  it('is a mistake where the spec has no such volume', () => {
    const ended = COMMANDS.map((words) => subject.sandbox.nbkp(...words, '--require', 'spear').code);
    expect(ended).toEqual(COMMANDS.map(() => 64));
  });
});
