import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListDocument } from '../../src/planner/model/browsing.ts';
import { Backup } from '../support/backup.ts';
import { untilWhile } from '../support/running.ts';
import { Running } from '../support/sandbox.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;
let bin: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(dir.path, { mode: 'hard-link' });
  subject.write({ letter: 'x', 'Letters/to ada: 1@home=2': 'x', 'Letters/new\nline': 'x' });
  subject.run(0);
  bin = join(dir.path, 'bin');
  mkdirSync(bin);
  symlinkSync(fileURLToPath(new URL('../../bin/run.js', import.meta.url)), join(bin, 'nbkp'));
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = subject.expectCode(0, subject.sandbox.nbkp('completions', shell));
    writeFileSync(join(dir.path, `nbkp.${shell}`), stdout);
  }
});

afterAll(() => dir.remove());

/** What the real shell offers for a line with the cursor at its end. */
const ASK: Readonly<Record<string, (line: string) => string[]>> = {
  bash: (line) => [
    'bash',
    '-c',
    `. "$0"; COMP_LINE=$1 COMP_POINT=\${#1}; _nbkp; printf '%s\\n' "\${COMPREPLY[@]}"`,
    join(dir.path, 'nbkp.bash'),
    line,
  ],
  // Outside of its line editor zsh completes nothing, so what it would add is printed instead.
  zsh: (line) => [
    'zsh',
    '-fc',
    `compdef() { :; }; _files() { :; }; compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@"; }; . "$0"; words=("\${(@s: :)1}"); CURRENT=\${#words}; _nbkp`,
    join(dir.path, 'nbkp.zsh'),
    line,
  ],
  fish: (line) => [
    'fish',
    '--no-config',
    '-c',
    `source $argv[1]; complete -C $argv[2]`,
    join(dir.path, 'nbkp.fish'),
    line,
  ],
};

function offered(shell: string, line: string): string[] {
  const [program = '', ...args] = ASK[shell]?.(line) ?? [];
  const text = execFileSync(program, args, { env: environment(), encoding: 'utf8', cwd: dir.path });
  return text.split('\n').filter((word) => word !== '');
}

function environment(): Record<string, string> {
  return {
    ...{ PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: subject.sandbox.home, NBKP_SPEC: subject.sandbox.spec },
    ...{ NBKP_STATE_DIR: subject.sandbox.state, XDG_CACHE_HOME: join(dir.path, 'cache') },
  };
}

describe.each(['bash', 'zsh', 'fish'])('completion in %s', (shell) => {
  it('knows commands, flags, and the names of syncs, volumes, snapshots and runs', () => {
    const [snapshot = ''] = subject.snapshots();
    expect(offered(shell, 'nbkp sta')).toEqual(['status']);
    expect(offered(shell, 'nbkp snapshots l')).toEqual(['list']);
    expect(offered(shell, 'nbkp plan --comm')).toEqual(['--commands']);
    expect(offered(shell, 'nbkp run --only doc')).toEqual(['documents']);
    expect(offered(shell, 'nbkp plan --require u')).toEqual(['usb']);
    expect(offered(shell, 'nbkp add sync --to u')).toEqual(['usb']);
    // Of a word bash replaces what follows its last mark, and an @ with it.
    const copy = shell === 'bash' ? `@${snapshot}` : `documents@${snapshot}`;
    expect(offered(shell, 'nbkp verify documents@2')).toEqual([copy]);
    expect(offered(shell, 'nbkp history 2')).toHaveLength(2);
  });

  it('knows what is in a snapshot, and in which', () => {
    expect(offered(shell, 'nbkp restore documents l')).toEqual(['letter']);
    expect(offered(shell, 'nbkp restore --to / documents@latest Let')).toEqual(['Letters/']);
    expect(offered(shell, `nbkp ls documents@${subject.snapshots()[0] ?? ''} --long Letters/n`)).toEqual([
      shell === 'bash' ? 'Letters/new\\\\#012line' : 'Letters/new\\#012line',
    ]);
    expect(offered(shell, 'nbkp ls documents@yesterday Let')).toEqual([]);
  });
});

/** A real one on a terminal of its own, with what its line editor takes for the end of a word. */
const INTERACTIVE: Readonly<Record<string, string>> = {
  bash: 'bash --noprofile --norc -i',
  zsh: 'zsh -f -i',
  fish: 'fish --no-config --interactive',
};

describe.each(Object.entries(INTERACTIVE))('a person who types in %s', (shell, command) => {
  it('gets to a file of a snapshot by the Tab key', async () => {
    const env = environment();
    const options = { cwd: dir.path, env: { ...env, TERM: 'dumb', PS1: '> ' }, stdio: 'pipe' } as const;
    const running = new Running(spawn('script', ['-qefc', command, '/dev/null'], options));
    const load = shell === 'zsh' ? 'autoload -U compinit; compinit -u; ' : '';
    const status = shell === 'fish' ? '$status' : '$?';
    running.process.stdin?.write(`${load}. ./nbkp.${shell}; echo rea''dy\n`);
    await untilWhile(running, () => running.stdout.includes('ready\r\n'));
    running.process.stdin?.write(`nbkp ls documents@2\t Let\tto\t --json | cat > seen; exit ${status}\n`);
    await running.ended;
    const seen = JSON.parse(readFileSync(join(dir.path, 'seen'), 'utf8')) as ListDocument;
    expect(seen).toMatchObject({ snapshot: subject.snapshots()[0], path: 'Letters/to ada: 1@home=2' });
  });
});

describe('completion', () => {
  it('offers nothing, and says nothing, where the spec is broken', () => {
    const broken = subject.sandbox.nbkpWith({ NBKP_SPEC: '/nonexistent' }, 'complete', '--', 'run', '--only', '');
    expect(broken).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});
