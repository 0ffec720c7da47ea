import { homedir, hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { withHome } from '../hosts/home.ts';
import { blockDevices, isFolder, measureExcludes, sshHosts } from '../hosts/observe/surroundings.ts';
import { childEnvironment } from '../hosts/transport/environment.ts';
import { localTransport, type LocalTransport } from '../hosts/transport/local.ts';
import { questionsFor } from '../planner/facts/questions.ts';
import { sourceRemarks } from '../planner/init/choose.ts';
import {
  candidatesFor,
  destinationOf,
  nameFrom,
  questionSpec,
  type Destination,
} from '../planner/init/destinations.ts';
import { foundDrives } from '../planner/init/devices.ts';
import { savingsOf, type Saving } from '../planner/init/excludes.ts';
import type { DirectoryFacts } from '../planner/model/facts.ts';
import type { Finding } from '../planner/model/finding.ts';
import { nothingToBackUp } from '../planner/model/findings/first-spec.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { LOCAL_HOST } from '../planner/model/spec.ts';
import { readSpec } from '../planner/spec/index.ts';
import { BUILT_IN_ONLY } from './installed-executors.ts';
import type { Surroundings } from './surroundings.ts';
import { workspaceOf } from './workspace.ts';

export { chosenDestination, noneUsable, usable } from '../planner/init/choose.ts';
export type { Destination } from '../planner/init/destinations.ts';
export type { Saving } from '../planner/init/excludes.ts';

/** No volume may be called so: the source is asked about even where there is nothing to copy it to. */
const SOURCE = '(source)';

/** What `init` and `add volume` see before they ask anything. */
export interface Discovery {
  source: { name: string; path: string; absolute: string; isHome: boolean; directory: DirectoryFacts | null };
  /** What is to be said about the source. An error when there is none. */
  remarks: Finding[];
  destinations: Destination[];
}

/**
 * Looks for drives, servers and the folder to back up.
 *
 * @param wanted `to`: only what it names; `into`: the folder within the destination
 * @param names those that a spec has already
 */
export async function discover(
  around: Surroundings,
  { source: folder, to, into }: { source: string; to: string | undefined; into?: string | undefined },
  names: readonly string[] = [],
): Promise<Result<Discovery>> {
  const home = homedir();
  const absolute = resolve(withHome(folder));
  const isHome = absolute === home;
  const source = { name: isHome ? 'home' : nameFrom(basename(absolute), 'source'), path: isHome ? '~' : absolute };
  const devices = await blockDevices(localIn(around));
  const path = to === undefined || !/^[~./]/.test(to) || to.startsWith('/dev/') ? null : resolve(withHome(to));
  const [, server, below = ''] = /^([^:/]+):(.*)$/.exec(to ?? '') ?? [];
  const there = /^[~/]/.test(below) ? below : join('~', below);
  const wanted = server ?? to;
  const own = ['backups', nameFrom(hostname(), 'machine'), source.name].join('/');
  const subdir = into ?? own;
  const found =
    path === null
      ? {
          drives: server === undefined ? foundDrives(devices, to !== undefined) : [],
          hosts: [...new Set([...sshHosts(home), ...(server === undefined ? [] : [server])])],
          folder: null,
          there,
        }
      : { drives: [], hosts: [], folder: path };
  const candidates = candidatesFor(found, [source.name, ...names]).filter(
    ({ name, title, drive }) =>
      to === undefined || path !== null || [name, title, drive?.uuid, drive?.device].includes(wanted),
  );
  const text = questionSpec(source, candidates, subdir);
  const spec = readSpec(text, 'nbkp.toml');
  if (!spec.ok) return spec;
  const { world } = workspaceOf(around, { spec: spec.value, executors: BUILT_IN_ONLY });
  const { hosts, ...others } = questionsFor(spec.value);
  const { volumes, endpoints } = hosts[LOCAL_HOST] ?? { volumes: [], endpoints: [] };
  const here = { volumes: [...volumes, { volume: SOURCE, path: absolute, uuid: null }], endpoints };
  const questions = { hosts: { ...hosts, [LOCAL_HOST]: here }, ...others };
  const facts = await world.observe(questions);
  const directory = facts.volumes[SOURCE]?.directory ?? null;
  const seen = { facts, devices, sourceDevice: directory?.mount?.source ?? '' };
  return success({
    source: { ...source, absolute, isHome, directory },
    remarks: sourceRemarks(absolute, directory),
    destinations: candidates.map((candidate) => destinationOf(candidate, subdir, seen)),
  });
}

/** This user's home: what is backed up where nothing else is named. */
export function homeFolder(): string {
  return homedir();
}

/** A folder of this machine, as it was typed. */
export function folderHere(typed: string): Result<string> {
  const path = resolve(withHome(typed));
  return isFolder(path) ? success(typed) : failure(nothingToBackUp(path));
}

/** What of a folder can be made again, with what it takes; not `complete` where the time was over before all was measured. */
export async function measureSavings(
  around: Surroundings,
  { absolute, isHome }: { absolute: string; isHome: boolean },
): Promise<{ savings: Saving[]; complete: boolean }> {
  const { folders, complete } = await measureExcludes(absolute, isHome, localIn(around));
  return { savings: savingsOf(folders, isHome), complete };
}

function localIn({ env }: Surroundings): LocalTransport {
  return localTransport(childEnvironment(env));
}
