import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Sandbox } from './sandbox.ts';
import { wholeTreeOf } from './tree.ts';

/**
 * Everything in the destinations on a drive. Names of snapshots become their rank in their own destination, since syncs
 * may run at once, and times since `since` are all the same.
 *
 * @param links which names are links to one file; not on btrfs, where each subvolume counts its inodes anew
 */
export async function outcome(drive: string, since: number, links = true): Promise<string[]> {
  const entries = readdirSync(drive, { withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${name}: ${readFileSync(join(drive, name), 'utf8')}`);
  const trees = entries
    .filter((entry) => entry.isDirectory())
    .map(async ({ name }) => (await outcomeOf(join(drive, name), since)).map((line) => `${name}: ${line}`));
  const lines = (await Promise.all(trees)).flat().filter((line) => links || !line.includes(': linked '));
  return [...files.map((text) => text.split('\n').sort().join('\n')), ...lines].sort();
}

async function outcomeOf(destination: string, since: number): Promise<string[]> {
  const lines = await wholeTreeOf(destination);
  const names = [...new Set(lines.join('\n').match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g) ?? [])].sort();
  return lines.map((line) =>
    names
      .reduce((text, name, rank) => text.replaceAll(name, `snapshot-${rank}`), line)
      .replace(/\b\d{10}(?:\.\d+)?(?= )/g, (time) => (Number(time) >= since ? 'now' : time)),
  );
}

/** Runs a script that `plan --format sh` has made as a user does who has no nbkp. */
export function runScript(
  sandbox: Sandbox,
  script: string,
  ...args: string[]
): { code: number | null; stdout: string; stderr: string } {
  const file = `${sandbox.root}.sh`;
  writeFileSync(file, script);
  const [program = 'bash', ...words] = [...sandbox.through, 'bash', file, ...args];
  const { status, stdout, stderr } = spawnSync(program, words, {
    cwd: sandbox.root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: sandbox.home, TMPDIR: sandbox.root },
  });
  return { code: status, stdout, stderr };
}
