import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceNode } from '../../planner/init/devices.ts';
import { foldersToMeasure } from '../../planner/init/excludes.ts';
import type { Transport } from '../transport/transport.ts';
import { codeOf } from '../../planner/model/system-error.ts';

/** With NAME among them lsblk says what stands on what; without, it lists all devices side by side. */
const COLUMNS = 'NAME,PATH,TYPE,FSTYPE,UUID,LABEL,SIZE,RM,HOTPLUG,RO,TRAN,MODEL,PARTTYPE,MOUNTPOINTS';
const LIST_MS = 10_000;
/** A large home folder that was not read for long takes minutes; nobody waits so long for a first question. */
const MEASURE_MS = 20_000;
const MOST_HOSTS = 8;

/** The block devices of this machine; empty where lsblk(8) is missing or has nothing to say, as in a container. */
export async function blockDevices(local: Transport): Promise<DeviceNode[]> {
  const { code, stdout } = await local.run(['lsblk', '--json', '--bytes', '--output', COLUMNS], { timeoutMs: LIST_MS });
  if (code !== 0) return [];
  const { blockdevices } = JSON.parse(stdout.toString('utf8')) as { blockdevices: DeviceNode[] };
  return blockdevices;
}

/** The hosts that the user's OpenSSH configuration names, the first eight; patterns and included files are left out. */
export function sshHosts(home: string): string[] {
  const lines = textOf(join(home, '.ssh', 'config')).split(/\r?\n/);
  const words = lines.flatMap((line) => {
    const [, hosts = ''] = /^\s*Host(?:\s+|\s*=\s*)(.+)$/i.exec(line) ?? [];
    return hosts.split(/\s+/).map((word) => word.replaceAll('"', ''));
  });
  // A name that begins with a dash would be an option of ssh.
  return [...new Set(words.filter((word) => /^[\w][\w.:-]*$/.test(word)))].slice(0, MOST_HOSTS);
}

/** Whether there is a folder at a path of this machine, as far as this user can see. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    codeOf(error);
    return false;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    // No configuration, or one that this user may not read.
    codeOf(error);
    return '';
  }
}

export interface Measured {
  /** Relative to the source, with the bytes that they take. */
  folders: { path: string; bytes: number }[];
  /** False when the time was over before all were found. */
  complete: boolean;
}

/** Measures the folders below `source` that are worth leaving out. Other file systems are not entered. */
export async function measureExcludes(source: string, isHome: boolean, local: Transport): Promise<Measured> {
  const { paths, names } = foldersToMeasure(isHome);
  const tests = [
    ...paths.flatMap((path) => ['-o', '-path', join(source, path).replace(/[*?[\]\\]/g, '\\$&')]),
    ...names.flatMap((name) => ['-o', '-name', name]),
  ].slice(1);
  const du = ['-exec', 'du', '-0', '-skx', '--', '{}', '+'];
  const { stdout, timedOut } = await local.run(
    ['find', source, '-xdev', '-type', 'd', '(', ...tests, ')', '-prune', ...du],
    { timeoutMs: MEASURE_MS },
  );
  const folders = stdout
    .toString('utf8')
    .split('\0')
    .flatMap((entry) => {
      const [, kilobytes = '', path = ''] = /^(\d+)\t([^]*)$/.exec(entry) ?? [];
      return path === ''
        ? []
        : { path: path.slice(source.length).replace(/^\/+/, ''), bytes: Number(kilobytes) * 1024 };
    });
  return { folders, complete: !timedOut };
}
