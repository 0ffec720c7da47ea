import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from './sandbox.ts';

/** The shells for which `nbkp script` writes. */
export const SHELLS = [['dash'], ['busybox', 'ash']] as const;
export type Shell = (typeof SHELLS)[number];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The script of a sandbox's spec, in a file beside it. */
export class SpecScript {
  readonly file: string;

  constructor(
    readonly sandbox: Sandbox,
    ...flags: string[]
  ) {
    this.file = `${sandbox.root}-script.sh`;
    const { code, stderr } = sandbox.nbkp('script', '--out', this.file, ...flags);
    if (code !== 0) throw new Error(`script: exit code ${code}\n${stderr}`);
  }

  /** As a user does who has no nbkp. */
  run(shell: Shell, ...args: string[]): Ended {
    return this.runWith({}, shell, ...args);
  }

  runWith(env: Record<string, string>, shell: Shell, ...args: string[]): Ended {
    const [program = '', ...words] = [...this.sandbox.through, ...shell];
    const ended = spawnSync(program, [...words, this.file, ...args], {
      ...this.#around(env),
      encoding: 'utf8',
    });
    return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr };
  }

  start(shell: Shell, ...args: string[]): ChildProcess {
    const [program = '', ...words] = [...this.sandbox.through, ...shell];
    return spawn(program, [...words, this.file, ...args], { ...this.#around({}), stdio: ['ignore', 'pipe', 'pipe'] });
  }

  #around(env: Record<string, string>) {
    // A script that is killed leaves its notes.
    return {
      cwd: this.sandbox.root,
      env: { PATH: process.env['PATH'] ?? '', HOME: this.sandbox.home, TMPDIR: this.sandbox.root, ...env },
    };
  }
}

/** A folder for PATH with what a small machine has: busybox, rsync and flock, and nothing of GNU. */
export function smallPath(folder: string): string {
  mkdirSync(folder, { recursive: true });
  execFileSync('busybox', ['--install', '-s', folder]);
  for (const program of ['rsync', 'flock', 'busybox']) {
    const real = execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
    execFileSync('rm', ['-f', join(folder, program)]);
    symlinkSync(real, join(folder, program));
  }
  return folder;
}
