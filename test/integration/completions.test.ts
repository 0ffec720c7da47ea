import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ListDocument } from '../../src/planner/model/browsing.ts';
import { Backup } from '../support/backup.ts';
import type { CompletionDocument } from '../../src/planner/model/documents.ts';
import { untilWhile } from '../support/running.ts';
import { Running, Sandbox } from '../support/sandbox.ts';
import { schemaErrors } from '../support/schemas.ts';
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
    `compdef() { :; }; compset() { :; }; _files() { print -r -- FILES; }; compadd() { while [[ $1 != -- ]]; do shift; done; shift; print -rl -- "$@"; }; . "$0"; words=("\${(@s: :)1}"); CURRENT=\${#words}; _nbkp || true`,
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

/** What a word becomes whole: bash replaces what follows its last mark only. */
const after = (shell: string, begun: string, rest: string): string => (shell === 'bash' ? rest : `${begun}${rest}`);

describe.each(['bash', 'zsh', 'fish'])('what stands before is taken into account by %s', (shell) => {
  it('knows flags by two hyphens, the opposite of one, and values behind an equals sign', () => {
    expect(offered(shell, 'nbkp plan --')).toEqual(
      expect.arrayContaining(['--files', '--no-files', '--only', '--help']),
    );
    const formats = ['dot', 'human', 'markdown', 'mermaid', 'sh'].map((name) => after(shell, '--format=', name));
    expect(offered(shell, 'nbkp plan --format=')).toEqual(formats);
    expect(offered(shell, 'nbkp run --only=doc')).toEqual([after(shell, '--only=', 'documents')]);
    expect(offered(shell, 'nbkp run -s doc')).toEqual(['documents']);
    expect(offered(shell, 'nbkp run --only documents,u')).toEqual(['documents,usb:']);
  });

  it('knows a copy at its @', () => {
    const [snapshot = ''] = subject.snapshots();
    const begun = shell === 'bash' ? '' : 'documents';
    expect(offered(shell, 'nbkp restore documents@')).toEqual([`${begun}@${snapshot}`, `${begun}@latest`]);
  });

  it('knows flags before the command, help, and commands below one that is a command itself', () => {
    expect(offered(shell, 'nbkp --loc')).toEqual(['--location']);
    expect(offered(shell, `nbkp -q -c ${subject.sandbox.spec} run --only doc`)).toEqual(['documents']);
    expect(offered(shell, `nbkp --spec=${subject.sandbox.spec} sta`)).toEqual(['status']);
    expect(offered(shell, 'nbkp help snapshots l')).toEqual(['list']);
    expect(offered(shell, 'nbkp completions ')).toEqual(['bash', 'fish', 'install', 'zsh']);
  });

  it('offers paths where one is meant, and nothing where nothing fits', () => {
    const paths = { bash: [], zsh: ['FILES'], fish: ['nbkp.bash', 'nbkp.fish', 'nbkp.toml', 'nbkp.zsh'] }[shell];
    expect(offered(shell, 'nbkp diff nbkp.')).toEqual(paths);
    expect(offered(shell, 'nbkp -c nbkp.')).toEqual(paths);
    expect(offered(shell, 'nbkp plan --out=nbkp.')).toEqual(
      shell === 'fish' ? paths?.map((path) => `--out=${path}`) : paths,
    );
    // bash says by a code that it shall not look for paths itself: `complete -o default`.
    for (const line of ['nbkp plan ', 'nbkp run --only ', 'nbkp restore nothing@', 'nbkp history --limit '])
      expect(offered(shell, line).filter((word) => /FILES|nbkp[.]/.test(word))).toEqual([]);
  });
});

/** A real one, with the settings of its user. */
const INTERACTIVE: Readonly<Record<string, string>> = { bash: 'bash -i', zsh: 'zsh -i', fish: 'fish --interactive' };

/** What `nbkp completions install` said to put into the shell's own file of settings, there. */
function followed(shell: string, line: string | null): void {
  const settings = {
    bash: [`PS1='> '`, line],
    zsh: [`PS1='> '`, line, 'autoload -U compinit && compinit -u'],
  }[shell];
  // Else fish, at its first start, goes on reading manual pages when it has ended.
  mkdirSync(join(subject.sandbox.home, '.local/share/fish/generated_completions'), { recursive: true });
  if (settings === undefined) expect(line).toBeNull();
  else writeFileSync(join(subject.sandbox.home, `.${shell}rc`), `${settings.join('\n')}\n`);
}

describe.each(Object.entries(INTERACTIVE))('a person who types in %s', (shell, command) => {
  const press = async (env: Record<string, string>, keys: string): Promise<Running> => {
    const options = { cwd: dir.path, env: { ...env, TERM: 'dumb' }, stdio: 'pipe' } as const;
    const running = new Running(spawn('script', ['-qefc', command, '/dev/null'], options));
    running.process.stdin?.write(`echo rea''dy\n`);
    await untilWhile(running, () => running.stdout.includes('ready\r\n'));
    running.process.stdin?.write(keys);
    await running.ended;
    return running;
  };

  it('gets to a file of a snapshot by the Tab key, once the completion is installed', async () => {
    const { sandbox } = subject;
    const installed = subject.expectCode(0, sandbox.nbkp('completions', 'install', shell, '--json'));
    const document = JSON.parse(installed.stdout) as CompletionDocument;
    expect(schemaErrors('completions-install', document)).toEqual([]);
    followed(shell, document.line);
    const status = shell === 'fish' ? '$status' : '$?';
    await press(environment(), `nbkp ls documents@2\t Let\tto\t --json | cat > seen; exit ${status}\n`);
    const seen = JSON.parse(readFileSync(join(dir.path, 'seen'), 'utf8')) as ListDocument;
    expect(seen).toMatchObject({ snapshot: subject.snapshots()[0], path: 'Letters/to ada: 1@home=2' });
  });
});

describe('nbkp completions install', () => {
  const box = (name: string): Sandbox => new Sandbox(join(dir.path, name));

  it('writes one file into the folder of the user for completions, and no other', () => {
    const sandbox = box('fresh');
    const { stdout } = subject.expectCode(0, sandbox.nbkpWith({ SHELL: '/usr/bin/zsh' }, 'completions', 'install'));
    const folder = `${sandbox.home}/.local/share/zsh/site-functions`;
    expect(stdout).toContain(`${folder}/_nbkp is written.\n`);
    expect(stdout).toContain(`\n  fpath=(${folder} $fpath)\n`);
    const files = execFileSync('find', [sandbox.home, '-type', 'f'], { encoding: 'utf8' });
    expect(files).toBe(`${folder}/_nbkp\n`);
    const again = sandbox.nbkp('completions', 'install', 'zsh').stdout;
    expect(again).toContain('is there already, as it should be');
    const elsewhere = { XDG_CONFIG_HOME: `${sandbox.root}/own` };
    expect(sandbox.nbkpWith(elsewhere, 'completions', 'install', 'fish').stdout).toBe(
      `✓ ${sandbox.root}/own/fish/completions/nbkp.fish is written.\nA new fish reads it by itself.\n`,
    );
  });

  it('renews what another version wrote, through a link too, and leaves alone what somebody else wrote', () => {
    const sandbox = box('taken');
    const path = 'home/.local/share/bash-completion/completions/nbkp';
    sandbox.files({ 'dotfiles/nbkp': '# nbkp completions bash > …\n', [path]: 'complete -W mine nbkp\n' });
    const refused = sandbox.nbkp('completions', 'install', 'bash');
    expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('file-exists') as string });
    const full = join(sandbox.root, path);
    expect(readFileSync(full, 'utf8')).toBe('complete -W mine nbkp\n');
    execFileSync('ln', ['-sf', join(sandbox.root, 'dotfiles/nbkp'), full]);
    expect(sandbox.nbkp('completions', 'install', 'bash')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('is renewed') as string,
    });
    expect(readFileSync(join(sandbox.root, 'dotfiles/nbkp'), 'utf8')).toContain('complete -o default -F _nbkp nbkp');
    execFileSync('rm', [join(sandbox.root, 'dotfiles/nbkp')]);
    const dangling = sandbox.nbkp('completions', 'install', 'bash');
    expect(dangling).toMatchObject({ code: 3, stderr: expect.stringContaining('file-unwritable') as string });
  });

  it('says which shells there are where it cannot tell', () => {
    const { code, stderr } = box('unknown').nbkpWith({ SHELL: '/bin/sh' }, 'completions', 'install');
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'error[usage]: Which shell?\n  = help: There are: bash, zsh, fish\n',
    });
  });
});

describe('completion', () => {
  it('offers nothing, and says nothing, where the spec is broken', () => {
    const broken = subject.sandbox.nbkpWith({ NBKP_SPEC: '/nonexistent' }, 'complete', '--', 'run', '--only', '');
    expect(broken).toMatchObject({ code: 1, stdout: '', stderr: '' });
  });
});
