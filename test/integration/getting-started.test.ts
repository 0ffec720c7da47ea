import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBtrfs, type BtrfsMount } from '../support/btrfs.ts';
import { untilWhile } from '../support/running.ts';
import { Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

/** A command as docs/getting-started.md has it, and the questions that it asks with what is typed there. */
interface Typed {
  command: string;
  answers: { question: string; answer: string }[];
}

const TYPED = commandsOf(readFileSync('docs/getting-started.md', 'utf8'));

/** The commands below "Five restores", each with what its restore is asked. */
function restoresOf(page: string): Typed[] {
  const [, section = ''] = page.split('\n## Five restores\n');
  const blocks = [...(section.split('\n## ')[0] ?? '').matchAll(/^```sh\n([^]*?)^```$/gm)];
  return blocks
    .flatMap(([, lines = '']) => lines.trim().split('\n'))
    .map((command) => {
      const asks = command.startsWith('nbkp restore ');
      return { command, answers: asks ? [{ question: 'Run it? [y/N]', answer: 'y' }] : [] };
    });
}

/** Lines after `$` in the consoles of a page, and the lines of their screens that are questions. */
function commandsOf(page: string): Typed[] {
  const consoles = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, screen = '']) => screen);
  return consoles
    .flatMap((screen) => screen.split(/^\$ /m).slice(1))
    .map((part) => {
      const [command = '', ...screen] = part.split('\n');
      const questions = screen.flatMap(
        (line) => /^(.*(?:\? \[[yY]\/[nN]\]|another folder:|HOST:FOLDER:)) ?(.*)$/.exec(line) ?? [],
      );
      const answers = chunks(questions).map(([, question = '', answer = '']) => ({ question, answer }));
      return { command, answers };
    });
}

function chunks(groups: readonly string[]): string[][] {
  return Array.from({ length: groups.length / 3 }, (_, index) => groups.slice(3 * index, 3 * index + 3));
}

let dir: TempDir;
let drive: BtrfsMount;
let home: string;

/** A new account and an empty drive. */
async function begin(): Promise<void> {
  dir = await makeTempDir();
  drive = await makeBtrfs(200);
  home = join(dir.path, 'home');
  mkdirSync(join(home, 'Documents/Letters'), { recursive: true });
  writeFileSync(join(home, 'Documents/Letters/grandmother.txt'), 'Dear reader\n');
  writeFileSync(join(home, 'Documents/taxes-2025.csv'), 'taxes\n');
  mkdirSync(join(home, '.cache'));
  writeFileSync(join(home, '.cache/big'), 'x'.repeat(500_000));
  const bin = join(dir.path, 'bin');
  mkdirSync(bin);
  script(join(bin, 'nbkp'), `exec ${process.execPath} ${join(process.cwd(), 'bin/run.js')} "$@"`);
  // No drive can be plugged into a test machine: to `init` the loop device is shown as one. Everything else is real.
  script(
    join(bin, 'lsblk'),
    `case "$*" in *PARTTYPE*) cat ${join(dir.path, 'lsblk.json')} ;; *) exec /usr/bin/lsblk "$@" ;; esac`,
  );
  writeFileSync(join(dir.path, 'lsblk.json'), JSON.stringify({ blockdevices: [pluggedIn()] }));
}

async function end(): Promise<void> {
  await drive.remove();
  await dir.remove();
}

function script(path: string, text: string): void {
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
}

function pluggedIn(): object {
  const { stdout } = spawnSync('findmnt', ['-no', 'SOURCE', drive.path], { encoding: 'utf8' });
  const about = { path: stdout.trim(), type: 'disk', fstype: 'btrfs', uuid: drive.uuid, label: 'Backup' };
  const how = { rm: true, hotplug: true, ro: false, tran: 'usb', model: null, parttype: null };
  return { ...about, ...how, size: 209_715_200, mountpoints: [drive.path] };
}

function expectRestored(): void {
  expect(existsSync(join(home, 'Documents/Letters/grandmother.txt'))).toBe(false);
  expect(readFileSync(join(home, 'restored/Documents/Letters/grandmother.txt'), 'utf8')).toBe('Dear reader\n');
}

/** Types a command on a terminal of its own, and each answer when its question is there. Returns what was shown. */
async function type({ command, answers }: Typed, locale: Record<string, string> = {}): Promise<string> {
  const path = `${join(dir.path, 'bin')}:${process.env['PATH'] ?? ''}`;
  const options = {
    cwd: home,
    env: { HOME: home, PATH: path, TERM: 'xterm', NO_COLOR: '1', NBKP_STATE_DIR: join(dir.path, 'state'), ...locale },
  };
  const running = new Running(spawn('script', ['-qefc', command, '/dev/null'], { ...options, stdio: 'pipe' }));
  let from = 0;
  for (const { question, answer } of answers) {
    await untilWhile(running, () => running.stdout.includes(question, from));
    from = running.stdout.indexOf(question, from) + question.length;
    running.process.stdin?.write(`${answer}\r`);
  }
  const { code, stdout } = await running.ended;
  expect([command, code], stdout).toEqual([command, 0]);
  return stdout;
}

describe('docs/getting-started.md', () => {
  beforeAll(begin);
  afterAll(end);

  it('has at most five commands to type until a deleted file is back', () => {
    const commands = TYPED.map(({ command }) => command.split(' ').slice(0, 2).join(' '));
    expect(commands).toEqual([
      'nbkp init',
      'nbkp prepare',
      'nbkp apply',
      expect.stringMatching(/^rm /),
      'nbkp restore',
    ]);
  });

  it('tells a story that happens when a new user types it', async () => {
    for (const typed of TYPED) await type(typed);
    expectRestored();
    const [machine = ''] = readdirSync(join(drive.path, 'backups'));
    expect(readdirSync(join(drive.path, 'backups', machine, 'home/latest')).sort()).toEqual(['.config', 'Documents']);
  });

  it('has five restores, each in at most two commands, that give back what they say', async () => {
    const restores = restoresOf(readFileSync('docs/getting-started.md', 'utf8'));
    expect(restores.filter(({ command }) => command.startsWith('nbkp restore'))).toHaveLength(5);
    expect(restores.length).toBeLessThanOrEqual(10);
    const [machine = ''] = readdirSync(join(drive.path, 'backups'));
    const destination = join(drive.path, 'backups', machine, 'home');
    const lastWeek = join(destination, 'snapshots/2026-11-19T10:00:00.000Z');
    cpSync(realpathSync(join(destination, 'latest')), lastWeek, { recursive: true });
    writeFileSync(join(lastWeek, 'Documents/Letters/grandmother.txt'), 'of last week\n');
    rmSync(join(home, 'Documents/taxes-2025.csv'));
    for (const { command, answers } of restores) {
      const here = command
        .replace('/media/ada/Backup/backups/laptop/home', destination)
        .replace('/media/ada/New', join(dir.path, 'new'));
      await type({ command: here, answers });
    }
    const letter = 'Documents/Letters/grandmother.txt';
    expect(readFileSync(join(home, 'Documents/taxes-2025.csv'), 'utf8')).toBe('taxes\n');
    expect(readFileSync(join(home, 'last-week', letter), 'utf8')).toBe('of last week\n');
    for (const place of [join(home, 'found'), join(dir.path, 'new/ada'), join(home, 'from-laptop')]) {
      expect(readFileSync(join(place, letter), 'utf8')).toBe('Dear reader\n');
    }
  });

  it('ends with a status that says that nothing is overdue', async () => {
    expect(await type({ command: 'nbkp status', answers: [] })).toContain('No sync is overdue.');
  });
});

describe('docs/getting-started.md in the locale C', () => {
  beforeAll(begin);
  afterAll(end);

  it('tells the same story in signs of ASCII', async () => {
    for (const typed of TYPED) {
      const shown = await type(typed, { LANG: 'C', LC_ALL: 'C' });
      expect(shown.replaceAll(/[\u0000-\u007f]/g, ''), shown).toBe('');
    }
    expectRestored();
  });
});
