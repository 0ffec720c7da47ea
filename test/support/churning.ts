import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const CHURN = fileURLToPath(new URL('churn.pl', import.meta.url));

/** Changes a tree: the same seed makes the same changes. */
export function churn(folder: string, seed: number, count: number): void {
  execFileSync('perl', [CHURN, folder, String(seed), String(count), '1']);
}

/** Changes a tree as fast as it can for as long as something takes. */
export async function whileChurning<T>(folder: string, seed: number, what: () => Promise<T>): Promise<T> {
  const changing = spawn('perl', [CHURN, folder, String(seed), '0', String((seed % 4) / 4000)], { stdio: 'ignore' });
  try {
    const ended = await what();
    if (changing.exitCode !== null) throw new Error('nothing has changed any more');
    return ended;
  } finally {
    await end(changing);
  }
}

async function end(child: ChildProcess): Promise<void> {
  const ended = child.exitCode === null ? once(child, 'exit') : null;
  child.kill('SIGKILL');
  await ended;
}

/** Everything about a tree but link counts, change times and access times. */
export function fingerprint(folder: string): string[] {
  const run = (program: string, ...argv: string[]): string =>
    execFileSync(program, argv, { cwd: folder, encoding: 'latin1', maxBuffer: 256 * 1024 * 1024 });
  return [
    ...run('find', '.', '-printf', String.raw`%P\t%y %m %U:%G %T@ %s %i %l\0`)
      .split('\0')
      .sort(),
    ...run('find', '.', '-type', 'f', '-exec', 'sha256sum', '-z', '{}', '+').split('\0').sort(),
    run('getfattr', '-R', '-P', '-h', '-d', '-m', '-', '.'),
    run('getfacl', '-R', '-P', '-n', '.'),
  ];
}
