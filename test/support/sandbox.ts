import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
/** Compiled code for all tests: to compile it anew is a third of a short command's work. */
const CODE_CACHE = fileURLToPath(new URL('../../.cache/code', import.meta.url));

export interface Answer {
  code: number | null;
  signal: string | null;
  stdout: string;
  stderr: string;
}

/** A home, a state folder and a spec of their own, and the real command run in them as a user would. */
export class Sandbox {
  readonly home: string;
  readonly state: string;
  readonly spec: string;

  /** @param through what stands before each command, such as what enters another namespace */
  constructor(
    readonly root: string,
    readonly through: readonly string[] = [],
  ) {
    this.home = join(root, 'home');
    this.state = join(root, 'state');
    this.spec = join(root, 'nbkp.toml');
    mkdirSync(this.home, { recursive: true });
  }

  /** Writes files below the root, making folders; returns the root. */
  files(content: Record<string, string>): string {
    for (const [path, text] of Object.entries(content)) {
      const full = join(this.root, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
    return this.root;
  }

  /** Keeps all that is below the root, for `reset`: many tests begin with one state that takes many commands to make. */
  save(): void {
    execFileSync('cp', ['-a', this.root, `${this.root}-saved`]);
  }

  /** Makes all that is below the root as it was when it was saved. Inodes are other ones. */
  reset(): void {
    execFileSync('rm', ['-rf', this.root]);
    execFileSync('cp', ['-a', `${this.root}-saved`, this.root]);
  }

  writeSpec(toml: string): void {
    writeFileSync(this.spec, toml, { mode: 0o644 });
  }

  /** Runs nbkp to its end. `--spec` is set through the environment. */
  nbkp(...args: string[]): Answer {
    return this.nbkpWith({}, ...args);
  }

  nbkpWith(env: Record<string, string>, ...args: string[]): Answer {
    return this.#run([...this.through, process.execPath, BIN, ...args], env);
  }

  /** As another user or in another namespace: `['setpriv', '--reuid=65534']`. */
  nbkpThrough(prefix: readonly string[], ...args: string[]): Answer {
    return this.#run([...prefix, process.execPath, BIN, ...args], {});
  }

  #run([program = '', ...args]: string[], env: Record<string, string>): Answer {
    const ended = spawnSync(program, args, {
      cwd: this.root,
      env: { ...this.environment(), ...env },
      encoding: 'utf8',
      input: '',
      maxBuffer: 256 * 1024 * 1024,
    });
    return { code: ended.status, signal: ended.signal, stdout: ended.stdout, stderr: ended.stderr };
  }

  /** Starts nbkp and leaves it running. */
  start(args: readonly string[], env: Record<string, string> = {}): Running {
    return this.startThrough(this.through, args, env);
  }

  /** The same as `nbkpThrough`. */
  startThrough(
    prefix: readonly string[],
    args: readonly string[],
    env: Record<string, string> = {},
    stdin: 'ignore' | 'pipe' = 'ignore',
  ): Running {
    const [program, ...words] = [...prefix, process.execPath, BIN, ...args];
    return new Running(
      spawn(program ?? '', words, {
        cwd: this.root,
        env: { ...this.environment(), ...env },
        stdio: [stdin, 'pipe', 'pipe'],
      }),
    );
  }

  /** Starts nbkp on a terminal of its own (script(1)). What is written to its input is typed there. */
  startOnTerminal(args: readonly string[]): Running {
    const terminal = ['sh', '-c', 'exec script -qefc "$*" /dev/null', 'sh'];
    return this.startThrough(terminal, args, { TERM: 'xterm' }, 'pipe');
  }

  environment(): Record<string, string> {
    return {
      PATH: process.env['PATH'] ?? '',
      HOME: this.home,
      XDG_CACHE_HOME: CODE_CACHE,
      NBKP_STATE_DIR: this.state,
      NBKP_SPEC: this.spec,
      COLUMNS: '100',
      LANG: 'C.UTF-8',
    };
  }
}

export class Running {
  stdout = '';
  stderr = '';
  readonly ended: Promise<Answer>;

  constructor(readonly process: ChildProcess) {
    process.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    process.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.ended = new Promise((resolve) => {
      process.on('close', (code, signal) => resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  kill(signal: NodeJS.Signals): void {
    this.process.kill(signal);
  }
}
