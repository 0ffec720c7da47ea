import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Sandbox } from './sandbox.ts';

const BIN = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const PROMPT = 'ready>';

let terminals = 0;

export interface TerminalOptions {
  columns?: number;
  rows?: number;
  env?: Record<string, string>;
  /** What stands before the terminal itself: a namespace that its shell is in. */
  within?: readonly string[];
}

/** A terminal (tmux) with a shell in the folder of a sandbox, where `nbkp` is the real command. */
export class Terminal {
  readonly #socket: string;
  #commands = 0;

  constructor(sandbox: Sandbox, { columns = 80, rows = 50, env = {}, within = [] }: TerminalOptions = {}) {
    terminals += 1;
    this.#socket = `${sandbox.root}/tmux-${terminals}`;
    const { COLUMNS: _, ...own } = sandbox.environment();
    const variables = { ...own, LANG: 'C.UTF-8', PS1: PROMPT, ...env };
    const words = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
    const size = ['-x', String(columns), '-y', String(rows)];
    const shell = ['new-session', '-d', ...size, '-c', sandbox.root, 'env', ...words, 'sh'];
    const [program = 'tmux', ...through] = [...within, 'tmux', '-S', this.#socket, '-f', '/dev/null', ...shell];
    execFileSync(program, through);
    // Else a Ctrl-C that comes when nbkp has ended already would keep the shell from telling how.
    const command = [...sandbox.through, process.execPath, BIN].map((word) => `'${word}'`).join(' ');
    this.#type(`trap : INT; nbkp() { ${command} "$@"; }; clear`);
  }

  /** Types a command. What it ends with is shown as `[130]`. */
  run(command: string): void {
    this.#commands += 1;
    // What is still on the screen must not be taken for what this command shows.
    this.#tmux('send-keys', '-R');
    this.#type(`clear; ${command}; echo "[$?] ${this.#commands}"`);
  }

  /** Presses a key by its name in tmux, such as `C-c`. */
  press(key: string): void {
    this.#tmux('send-keys', key);
  }

  answer(text: string): void {
    this.#type(text);
  }

  /** Waits until the screen shows a text. */
  async shows(text: string | RegExp): Promise<string> {
    for (;;) {
      const screen = this.screen();
      if (typeof text === 'string' ? screen.includes(text) : text.test(screen)) return screen;
      if (this.#code(screen) !== null) throw new Error(`it ended without ${String(text)}:\n${screen}`);
      await sleep(20);
    }
  }

  /** Waits until the command has ended. */
  async ends(): Promise<{ code: number; screen: string }> {
    for (;;) {
      const screen = this.screen();
      const code = this.#code(screen);
      if (code !== null) return { code, screen };
      await sleep(20);
    }
  }

  /** Waits until the command has ended, and says yes to whatever it asks meanwhile. */
  async endsAfterYes(): Promise<{ code: number; screen: string }> {
    for (let answered = 0; ;) {
      const screen = this.screen();
      if (this.#code(screen) !== null) return this.ends();
      const questions = screen.split('\n').filter((line) => line.includes('? [y/N]')).length;
      if (questions > answered && screen.trimEnd().endsWith('? [y/N]')) {
        answered = questions;
        this.answer('y');
      }
      await sleep(20);
    }
  }

  /** What is on the screen, without the colours. */
  screen(): string {
    return this.#tmux('capture-pane', '-p', '-J');
  }

  /** What is on the screen and what was and has gone up, row by row as the terminal shows it. */
  rows({ colours = false } = {}): string[] {
    const rows = this.#tmux('capture-pane', '-p', '-S', '-', ...(colours ? ['-e'] : []));
    return rows.trimEnd().split('\n');
  }

  resize(columns: number, rows = 50): void {
    this.#tmux('resize-window', '-x', String(columns), '-y', String(rows));
  }

  close(): void {
    this.#tmux('kill-server');
  }

  /** The terminal itself shows the `^C` that comes after nbkp has ended. */
  #code(screen: string): number | null {
    const [, code] = new RegExp(`^(?:\\^C)*\\[(\\d+)\\] ${this.#commands}$`, 'm').exec(screen) ?? [];
    return code === undefined ? null : Number(code);
  }

  #type(line: string): void {
    this.#tmux('send-keys', '-l', line);
    this.press('Enter');
  }

  #tmux(...words: string[]): string {
    return execFileSync('tmux', ['-S', this.#socket, ...words], { encoding: 'utf8' });
  }
}
