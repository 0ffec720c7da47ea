import { partsOf } from '../../planner/model/pointer.ts';
import { isRecord, type Json } from '../../planner/model/json.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { Precondition, Step } from '../../planner/model/step.ts';
import { lockedFolder } from '../../planner/compile/locks.ts';
import { scriptWord } from './words.ts';

/** Where the script finds what the facts are about: absolute paths by volume and by endpoint key. */
export interface Places {
  volumes: ReadonlyMap<string, string>;
  endpoints: ReadonlyMap<string, string>;
}

/**
 * The places of a plan, from its locks and from what its transfers read. A destination's lock is in it, and a source that
 * is read through a snapshot has one too.
 */
export function placesOf(plan: Plan): Places {
  const endpoints = new Map<string, string>();
  const volumes = new Map<string, string>();
  const add = (key: string, path: string): void => {
    endpoints.set(key, path);
    const [volume = '', subdir = ''] = key.split(/:(.*)/s);
    if (subdir === '') volumes.set(volume, path);
    else if (path.endsWith(`/${subdir}`)) volumes.set(volume, path.slice(0, -subdir.length - 1) || '/');
  };
  for (const sync of plan.syncs) {
    for (const step of plan.steps.filter((each) => each.sync === sync.name)) {
      const [written, read] = step.locks.map(lockedFolder);
      if (written !== undefined) add(sync.destination, written);
      const source = read ?? sourceOf(step);
      if (step.kind === 'transfer' && source !== null) add(sync.source, source);
    }
  }
  return { volumes, endpoints };
}

function sourceOf({ params }: Step): string | null {
  const source = isRecord(params) ? params['source'] : null;
  return typeof source === 'string' ? source : null;
}

/** The shell command that checks a precondition; null when the script cannot. */
export function checkCommand(precondition: Precondition, places: Places): string | null {
  const [room = '', name = '', ...rest] = partsOf(precondition.fact);
  const what = scriptWord(precondition.description);
  const path = (room === 'volumes' ? places.volumes : places.endpoints).get(name);
  const { check, value } = precondition;
  const fact = rest.join('/');
  if (room === 'hosts') {
    return fact === 'rsync/kind' && value === 'rsync' ? `rsync_is rsync ${what}` : null;
  }
  if (path === undefined) return null;
  const at = (entry: string): string => scriptWord(entry === '' ? path : `${path}/${entry}`);
  if (check === 'at-least') {
    return fact === 'directory/freeBytes' && typeof value === 'number' ? `has_room ${at('')} ${value} ${what}` : null;
  }
  if (check === 'none-of') {
    return fact === 'latest/name'
      ? ['latest_is_none_of', at(''), what, ...texts(value).map(scriptWord)].join(' ')
      : null;
  }
  if (rest[0] === 'snapshots' && rest[2] === 'kind' && rest[1] !== undefined) {
    return texts([value]).map((kind) => `entry_is ${at(`snapshots/${rest[1] ?? ''}`)} ${kind} ${what}`)[0] ?? null;
  }
  return equalsCommand(fact, value, { at, what });
}

function equalsCommand(
  fact: string,
  value: Json,
  { at, what }: { at: (entry: string) => string; what: string },
): string | null {
  const [text] = texts([value]);
  if (fact === 'sentinel') return value === true ? `is_mark ${at('.nbkp-vol')} ${what}` : null;
  if (fact === 'sentinels/source') return value === true ? `is_mark ${at('.nbkp-src')} ${what}` : null;
  if (fact === 'sentinels/destination') return value === true ? `is_mark ${at('.nbkp-dst')} ${what}` : null;
  if (fact === 'latest') return latestCommand(value, at(''), what);
  if (fact === 'snapshotsLink') return value === null ? `is_no_link ${at('snapshots')} ${what}` : null;
  if (fact === 'identity/source') return value === null ? `says_nothing ${at('.nbkp-src')} ${what}` : null;
  if (fact === 'identity/owner') return value === null ? `says_nothing ${at('.nbkp-dst')} ${what}` : null;
  if (fact === 'snapshotsFolder') return folderCommand(value, at(''), what);
  if (text === undefined) return null;
  if (fact === 'directory/device') return `stat_is %d ${at('')} ${scriptWord(text)} ${what}`;
  if (fact === 'directory/inode') return `stat_is %i ${at('')} ${scriptWord(text)} ${what}`;
  if (fact === 'directory/owner') return `stat_is %u ${at('')} ${scriptWord(text)} ${what}`;
  if (fact === 'directory/mount/target') return `mounted_at ${at('')} ${scriptWord(text)} ${what}`;
  if (fact === 'directory/mount/uuid') return `has_uuid ${at('')} ${scriptWord(text)} ${what}`;
  if (fact === 'staging/realPath') return `leads_to ${at('staging')} ${scriptWord(text)} ${what}`;
  return fact === 'directory/realPath' ? `leads_to ${at('')} ${scriptWord(text)} ${what}` : null;
}

function folderCommand(value: Json, root: string, what: string): string | null {
  if (!isRecord(value)) return null;
  const { inode, owner, apart } = value;
  if (typeof inode !== 'string' || typeof owner !== 'string') return null;
  return `snapshots_are ${root} ${scriptWord(`${inode} ${owner}`)} ${apart === true ? 'apart' : 'within'} ${what}`;
}

function latestCommand(value: Json, root: string, what: string): string | null {
  if (!isRecord(value)) return null;
  const { kind, name } = value;
  if (kind === 'snapshot' && typeof name === 'string') return `latest_is ${root} snapshot ${scriptWord(name)} ${what}`;
  return kind === 'absent' || kind === 'none-yet' ? `latest_is ${root} ${kind} '' ${what}` : null;
}

function texts(value: Json): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
