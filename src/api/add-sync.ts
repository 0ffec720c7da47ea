import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { withHome } from '../hosts/home.ts';
import { typedEnd } from '../planner/add/ends.ts';
import type { Entry } from '../planner/add/entry.ts';
import { questionsFor } from '../planner/facts/questions.ts';
import { driverOf } from '../planner/file-systems/of.ts';
import { nameFrom } from '../planner/init/destinations.ts';
import type { Saving } from '../planner/init/excludes.ts';
import { syncSection } from '../planner/init/first-spec.ts';
import { isRefused, snapshotsFor } from '../planner/init/of-one-moment.ts';
import { pointer } from '../planner/model/pointer.ts';
import type { Result } from '../planner/model/result.ts';
import { endpointKey, LOCAL_HOST, type Endpoint, type Spec } from '../planner/model/spec.ts';
import { formatBytes } from '../reporters/text/numbers.ts';
import { edited, refuseTaken, type EditedSpec } from './edit-spec.ts';
import { planAsPrepared } from './first-spec.ts';
import type { Surroundings } from './surroundings.ts';
import { UsageError } from './usage-error.ts';
import { workspaceOf } from './workspace.ts';

/** A sync that a spec is to have. */
export interface NewSync {
  name: string;
  source: Endpoint;
  destination: Endpoint;
}

/**
 * What somebody means who names a source and a destination.
 *
 * @throws UsageError for places that no volume of the spec has, and for a name that is taken
 */
export function newSync(spec: Spec, typed: { name: string | undefined; source: string; to: string }): NewSync {
  const names = Object.keys(spec.syncs);
  refuseTaken(typed.name, 'sync', names);
  const source = endOf(spec, typed.source);
  const folder = source.subdir.split('/').at(-1) ?? '';
  const name = typed.name ?? nameFrom(folder === '' ? source.volume : folder, 'sync', new Set(names));
  const to = endOf(spec, typed.to);
  const isWhole = to.subdir === '' && !/^[~./]/.test(typed.to);
  const own = ['backups', nameFrom(hostname(), 'machine'), name].join('/');
  return { name, source, destination: isWhole ? { volume: to.volume, subdir: own } : to };
}

/** The spec with a sync more. Its snapshots are those that its destination says, or else those that fit what is there. */
export async function withSync(
  around: Surroundings,
  before: EditedSpec,
  { name, source, destination, excludes }: NewSync & { excludes: readonly Saving[] },
): Promise<Result<EditedSpec>> {
  const ends = { source: textOf(source), destination: textOf(destination) };
  const read = (options: Parameters<typeof syncSection>[1]): Promise<Result<EditedSpec>> => {
    const entry: Entry = { section: 'syncs', name, entry: syncSection(ends, options, formatBytes) };
    return edited(around, before, [entry]);
  };
  const plain = await read({ mode: 'hard-link', excludes });
  if (!plain.ok) return plain;
  const { spec } = plain.value;
  const mode = spec.syncs[name]?.snapshots.mode ?? 'none';
  const workspace = workspaceOf(around, plain.value);
  const facts = await workspace.world.observe(questionsFor(spec, [name]));
  const mount = facts.volumes[destination.volume]?.directory?.mount ?? null;
  const isSaid = spec.positions[pointer('volumes', destination.volume, 'snapshots')] !== undefined;
  const options = { mode, excludes, ...(isSaid ? {} : { own: mount === null ? null : driverOf(mount) }) };
  const ofOneMoment = snapshotsFor(facts.endpoints[endpointKey(source)]?.directory ?? null);
  if (ofOneMoment === null) return read(options);
  const proposed = await read({ ...options, ofOneMoment });
  if (!proposed.ok) return proposed;
  const syncs = Object.values(proposed.value.spec.syncs).filter((sync) => sync.name === name);
  const { plan } = await planAsPrepared(around, proposed.value, syncs);
  return isRefused(plan) ? read(options) : proposed;
}

/** A source that can be measured before it is copied; null for one that cannot. */
export function sourceHere({ volumes }: Spec, { source }: NewSync): { absolute: string; isHome: boolean } | null {
  const found = volumes[source.volume];
  if (found === undefined || found.host !== LOCAL_HOST || found.path === null) return null;
  const absolute = join(withHome(found.path), source.subdir);
  return { absolute, isHome: absolute === homedir() };
}

function endOf(spec: Spec, typed: string): Endpoint {
  const end = typedEnd(spec, typed, (path) => resolve(withHome(path)));
  if ('endpoint' in end) return end.endpoint;
  throw new UsageError(end.problem, end.help);
}

function textOf({ volume, subdir }: Endpoint): string {
  return subdir === '' ? volume : `${volume}:${subdir}`;
}
