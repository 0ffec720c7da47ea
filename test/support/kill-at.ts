import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** All that change something, the lock, and the way to a server. */
const PROGRAMS = ['flock', 'rsync', 'perl', 'mkdir', 'mv', 'find', 'sync', 'ln', 'rm', 'btrfs', 'ssh'];
/** `$PPID` is nbkp, or the shell of a script. */
const KILL = 'kill -9 "$PPID"; exit 1';

/**
 * Programs that stand before the real ones and count how often nbkp itself starts one. Before a given one they do what they
 * were told, such as killing nbkp (-9). They force a fault; whatever else they do is left to the real program.
 */
export class KillAt {
  readonly #folder: string;

  /** @param counted the program whose processes are nbkp */
  constructor(folder: string, counted: string = process.execPath) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
    for (const program of PROGRAMS) {
      const [real] = execFileSync('which', ['-a', program], { encoding: 'utf8' }).split('\n');
      const script = `#!/bin/sh
if [ "/proc/$PPID/exe" -ef ${JSON.stringify(counted)} ]; then
  number=1
  # Each number goes to one of those that start at the same time.
  until (set -C; : > "$NBKP_TEST_COUNT/$number") 2> /dev/null; do number=$((number + 1)); done
  if [ "$number" -eq "$NBKP_TEST_AT" ]; then
    . "$NBKP_TEST_DO"
  fi
fi
exec ${real ?? program} "$@"
`;
      writeFileSync(join(folder, program), script, { mode: 0o755 });
    }
  }

  /**
   * The environment of a run in which something happens at the nth start of a program; 0 for never.
   *
   * @param what shell commands; by default nbkp is killed and the program does not run
   */
  environment(at: number, what = KILL): Record<string, string> {
    const [count, todo] = [join(this.#folder, 'count'), join(this.#folder, 'do')];
    rmSync(count, { recursive: true, force: true });
    mkdirSync(count);
    writeFileSync(todo, `${what}\n`);
    return {
      PATH: `${this.#folder}${delimiter}${process.env['PATH'] ?? ''}`,
      NBKP_TEST_COUNT: count,
      NBKP_TEST_AT: String(at),
      NBKP_TEST_DO: todo,
    };
  }

  /** How many programs the last run started. */
  count(): number {
    const count = join(this.#folder, 'count');
    return existsSync(count) ? readdirSync(count).length : 0;
  }
}
