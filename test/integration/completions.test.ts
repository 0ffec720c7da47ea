import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

let dir: TempDir;
let subject: Backup;
let bin: string;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(dir.path, { mode: 'hard-link' });
  subject.write({ letter: 'x' });
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
    `compdef() { :; }; compadd() { shift 2; print -l -- "$@"; }; . "$0"; words=("\${(@s: :)1}"); CURRENT=\${#words}; _nbkp`,
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
  const env = {
    ...{ PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: subject.sandbox.home, NBKP_SPEC: subject.sandbox.spec },
    ...{ NBKP_STATE_DIR: subject.sandbox.state, XDG_CACHE_HOME: join(dir.path, 'cache') },
  };
  const text = execFileSync(program, args, { env, encoding: 'utf8', cwd: dir.path });
  return text.split('\n').filter((word) => word !== '');
}

describe.each(['bash', 'zsh', 'fish'])('completion in %s', (shell) => {
  it('knows commands, flags, and the names of syncs, volumes, snapshots and runs', () => {
    const [snapshot = ''] = subject.snapshots();
    expect(offered(shell, 'nbkp sta')).toEqual(['status']);
    expect(offered(shell, 'nbkp snapshots l')).toEqual(['list']);
    expect(offered(shell, 'nbkp plan --comm')).toEqual(['--commands']);
    expect(offered(shell, 'nbkp run --only doc')).toEqual(['documents']);
    expect(offered(shell, 'nbkp plan --require u')).toEqual(['usb']);
    expect(offered(shell, 'nbkp verify documents@2')).toEqual([`documents@${snapshot}`]);
    expect(offered(shell, 'nbkp history 2')).toHaveLength(2);
  });
});

describe('completion', () => {
  it('offers nothing, and says nothing, where the spec is broken', () => {
    const broken = subject.sandbox.nbkpWith({ NBKP_SPEC: '/nonexistent' }, 'complete', '--', 'run', '--only', '');
    expect(broken).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });
});
