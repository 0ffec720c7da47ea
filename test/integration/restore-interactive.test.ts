import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { Terminal } from '../support/tmux.ts';
import { treeOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;
let terminal: Terminal | undefined;
let to: string;
let targets = 0;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(dir.path, { mode: 'hard-link' });
  subject.write({
    'Documents/letter': 'Dear reader',
    'Documents/new\nline': 'odd',
    'Pictures/summer.jpg': '\0\0',
    zebra: 'z',
  });
  subject.run(0);
});

afterEach(() => {
  terminal?.end();
  terminal = undefined;
});

afterAll(() => dir.remove());

function start(...args: string[]): Terminal {
  to = join(dir.path, `restored-${(targets += 1)}`);
  const { home, state, spec } = subject.sandbox;
  const env = { HOME: home, NBKP_STATE_DIR: state, NBKP_SPEC: spec, PATH: process.env['PATH'] ?? '' };
  const command = [
    process.execPath,
    join(process.cwd(), 'bin/run.js'),
    'restore',
    '--interactive',
    '--to',
    to,
    ...args,
  ];
  return (terminal = new Terminal(String(targets), command, env));
}

const names = async (): Promise<string[]> => (await treeOf(to)).flatMap((line) => /^([^\t]+)\tf/.exec(line)?.[1] ?? []);

describe('restore --interactive', () => {
  it('goes through the snapshot by arrow keys, shows a text, and restores what was chosen', async () => {
    const screen = start('documents');
    await screen.shows('>              Documents/');
    screen.press('Right');
    await screen.shows('Dear reader');
    screen.press('Space');
    await screen.shows('1 entry chosen');
    screen.press('Space', 'Left');
    await screen.shows('2 entries chosen');
    await screen.shows('3 entries');
    screen.press('Enter');
    await screen.shows('Run it? [y/N]');
    screen.press('y', 'Enter');
    await screen.shows('code 0');
    expect((await names()).sort()).toEqual(['Documents/letter', 'Documents/new\nline']);
  });

  it('restores what is under the cursor, also from a destination without a spec', async () => {
    const screen = start('--from', subject.destination);
    await screen.shows('> ');
    screen.press('End');
    await screen.shows('zebra');
    screen.press('Enter');
    await screen.shows('Run it? [y/N]');
    screen.press('y', 'Enter');
    await screen.shows('code 0');
    expect(readFileSync(join(to, 'zebra'), 'utf8')).toBe('z');
  });

  it('does nothing when one leaves it, and gives the screen back', async () => {
    const left = start('documents');
    await left.shows('> ');
    left.press('q');
    await left.shows('code 3');
    expect(left.screen()).not.toContain('Enter restore');
    left.end();
    const interrupted = start('documents');
    await interrupted.shows('> ');
    interrupted.press('C-c');
    await interrupted.shows('code 130');
  });

  it('needs a terminal, and no path besides', () => {
    const nobody = subject.sandbox.nbkp('restore', 'documents', '--interactive', '--to', to);
    expect(nobody).toMatchObject({ code: 3, stderr: expect.stringContaining('confirmation-impossible') });
    subject.expectCode(64, subject.sandbox.nbkp('restore', 'documents', 'zebra', '--interactive', '--to', to));
  });
});
