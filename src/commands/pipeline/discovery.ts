import { homedir, hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { withHome } from '../../hosts/home.ts';
import { blockDevices, sshHosts } from '../../hosts/observe/surroundings.ts';
import type { Transport } from '../../hosts/transport/transport.ts';
import { questionsFor } from '../../planner/facts/questions.ts';
import {
  candidatesFor,
  destinationOf,
  nameFrom,
  questionSpec,
  type Destination,
} from '../../planner/init/destinations.ts';
import { foundDrives } from '../../planner/init/devices.ts';
import type { DirectoryFacts } from '../../planner/model/facts.ts';
import { success, type Result } from '../../planner/model/result.ts';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { readSpec } from '../../planner/spec/index.ts';
import { BUILT_IN_ONLY } from '../../api/installed-executors.ts';
import type { Surroundings } from '../../api/surroundings.ts';
import { workspaceOf } from '../../api/workspace.ts';

/** No volume may be called so: the source is asked about even where there is nothing to copy it to. */
const SOURCE = '(source)';

/** What `init` and `add volume` see before they ask anything. */
export interface Discovery {
  source: { name: string; path: string; absolute: string; isHome: boolean; directory: DirectoryFacts | null };
  destinations: Destination[];
}

/**
 * Looks for drives, servers and the folder to back up.
 *
 * @param wanted `to`: only what it names; `into`: the folder within the destination
 * @param names those that a spec has already
 */
export async function discover(
  { source: folder, to, into }: { source: string; to: string | undefined; into: string | undefined },
  local: Transport,
  around: Surroundings,
  names: readonly string[] = [],
): Promise<Result<Discovery>> {
  const home = homedir();
  const absolute = resolve(withHome(folder));
  const isHome = absolute === home;
  const source = { name: isHome ? 'home' : nameFrom(basename(absolute), 'source'), path: isHome ? '~' : absolute };
  const devices = await blockDevices(local);
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
    destinations: candidates.map((candidate) => destinationOf(candidate, subdir, seen)),
  });
}
