import { execFileSync } from 'node:child_process';
import { until } from './running.ts';

/** A terminal of 80 columns and 24 lines with a program in it, as a person sees and uses it. */
export class Terminal {
  readonly #socket: string;

  /** @param name another one for each terminal at a time */
  constructor(name: string, command: readonly string[], env: Readonly<Record<string, string>>) {
    this.#socket = `nbkp-test-${process.pid}-${name}`;
    const words = ['env', ...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...command];
    this.#tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-x',
      '80',
      '-y',
      '24',
      'sh',
      '-c',
      '"$@"; echo "code $?"; cat',
      'sh',
      ...words,
    );
  }

  /** What is on the screen. */
  screen(): string {
    return this.#tmux('capture-pane', '-p');
  }

  /** Presses keys as tmux names them: `Down`, `Space`, `C-c`. */
  press(...keys: string[]): void {
    this.#tmux('send-keys', ...keys);
  }

  /** Waits until the screen shows a text. */
  async shows(text: string): Promise<void> {
    await until(() => this.screen().includes(text));
  }

  end(): void {
    this.#tmux('kill-server');
  }

  #tmux(...args: string[]): string {
    return execFileSync('tmux', ['-L', this.#socket, ...args], { encoding: 'utf8' });
  }
}
