import { existsSync, lstatSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isThere } from '../process-group.ts';

/** The path of a socket has at most 107 bytes (unix(7)), and ssh adds 17 while it makes one. */
const LONGEST = 50;

/** Makes a folder that only this user may enter (0700) for the sockets of this process's connections. */
export function makeSocketFolder(env: NodeJS.ProcessEnv): string {
  const parent = parentOf(env);
  const prefix = `nbkp-ssh-${pidNamespace()}-`;
  removeDead(parent, prefix);
  return mkdtempSync(join(parent, `${prefix}${process.pid}-`));
}

function parentOf({ XDG_RUNTIME_DIR: runtime }: NodeJS.ProcessEnv): string {
  const fits = (path: string): boolean => path.length <= LONGEST && /^\/[\w./-]*$/.test(path) && isDirectory(path);
  return [runtime ?? '', tmpdir()].find((path) => fits(path)) ?? '/tmp';
}

/**
 * A number: in a container that shares the folder, a process of ours has another id or none (pid_namespaces(7)). Where there is
 * no /proc there are no such containers, as on macOS.
 */
function pidNamespace(): string {
  const path = '/proc/self/ns/pid';
  const [number = '0'] = existsSync(path) ? (/\d+/.exec(readlinkSync(path)) ?? []) : [];
  return number;
}

/** What a process that was killed left. Its sockets lead nowhere new: whoever uses them has them open. */
function removeDead(parent: string, prefix: string): void {
  for (const name of readdirSync(parent).filter((each) => each.startsWith(prefix))) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    const path = join(parent, name);
    if (Number.isNaN(pid) || isThere(pid) || !isOwn(path)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function isDirectory(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isOwn(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isDirectory() === true && stats.uid === process.getuid?.();
}
