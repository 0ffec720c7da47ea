import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Waits until this process has closed its end of the pipe, which also happens when it is killed, then clears up. A loop
 * device goes with its mount. What a killed measurement has left running may hold both for a moment.
 */
const GUARDIAN = `
trap '' INT TERM HUP
cat >/dev/null
for try in 1 2 3 4 5 6 7 8 9 10; do
  mounted=
  for mount in "$1"/mount-*; do
    if mountpoint -q "$mount"; then umount "$mount" || mounted=y; fi
  done
  [ -z "$mounted" ] && rm -rf --one-file-system "$1" && exit 0
  sleep 2
done 2>/dev/null
echo "$1 could not be removed" >&2
`;

/** A temporary folder that is gone when the measurements are over, whatever ends them, with what is mounted in it. */
export class Scratch {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'nbkp-bench-')));
  readonly #guardian: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor() {
    this.#guardian = spawn('sh', ['-c', GUARDIAN, 'guardian', this.path], {
      detached: true,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    this.#ended = new Promise((resolve) => this.#guardian.once('close', resolve));
  }

  /** Makes a folder in it. */
  folder(...names: string[]): string {
    const path = join(this.path, ...names);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /** Makes a folder on which a file system may be mounted: it is unmounted in the end. */
  mountpoint(name: string): string {
    return this.folder(`mount-${name}`);
  }

  async remove(): Promise<void> {
    this.#guardian.stdin?.end();
    await this.#ended;
  }
}
