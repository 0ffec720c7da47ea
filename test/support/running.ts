import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './sandbox.ts';

/** Waits for a condition as long as a command runs, and fails when it ends first. */
export async function untilWhile(running: Running, condition: () => boolean): Promise<void> {
  while (!condition()) {
    if (running.process.exitCode !== null) throw new Error(`it ended too early:\n${running.stdout}${running.stderr}`);
    await sleep(5);
  }
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(5);
}

/** Command lines of the processes that mention a text, such as a path of the test's own. */
export function processesAbout(text: string): string[] {
  const list = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return list.split('\n').filter((line) => line.includes(text));
}

/**
 * Stops the processes that mention a text, so that a transfer lasts as long as the test wants, however busy the machine is.
 *
 * @returns what lets them go on
 */
export function freeze(text: string): () => void {
  const pids = processesAbout(text).map((line) => Number.parseInt(line, 10));
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  };
}

/** True when rsync has begun to write the file `name` somewhere below a folder and is not done with it. */
export function isCopying(folder: string, name: string): boolean {
  if (!existsSync(folder)) return false;
  const temporary = new RegExp(`^\\.${name}\\.[A-Za-z0-9]{6}$`);
  return readdirSync(folder, { withFileTypes: true }).some((entry) =>
    entry.isDirectory()
      ? isCopying(join(folder, entry.name), name)
      : temporary.test(entry.name) && sizeOf(join(folder, entry.name)) > 0,
  );
}

/** Zero for what is gone meanwhile. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
