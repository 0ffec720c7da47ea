import { createHash } from 'node:crypto';
import { canonical } from '../model/canonical.ts';
import type { Facts, SyncHistory } from '../model/facts.ts';
import { endpointKey, type Endpoint, type Spec, type Sync } from '../model/spec.ts';
import type { Known } from '../model/known.ts';
import { merges, ownership } from './identity.ts';

/** By sync, a digest of where it reads and writes: the same in a spec that was moved or copied, and under another name. */
export function endsOf(spec: Spec): Record<string, string> {
  return Object.fromEntries(
    Object.values(spec.syncs).map(({ name, source, destination }) => {
      const ends = canonical([endOf(spec, source), endOf(spec, destination)]);
      return [name, createHash('sha256').update(ends, 'utf8').digest('hex')];
    }),
  );
}

function endOf({ volumes, ssh }: Spec, { volume, subdir }: Endpoint): unknown {
  const found = volumes[volume];
  const servers = found?.ssh?.map((name) => [ssh[name]?.host ?? name, ssh[name]?.port ?? null]) ?? null;
  return [servers, found?.path ?? null, found?.mount?.deviceUuid.toLowerCase() ?? null, subdir];
}

/** Two clocks may differ by this, in milliseconds: a success that lies further ahead is none. */
const AHEAD = 10 * 60_000;

/**
 * What is known of each sync: what this user's runs have recorded, and a later success that its destination tells of, as
 * long as that belongs to the sync's source.
 *
 * @param recorded by sync
 */
export function withNoted(spec: Spec, facts: Facts, recorded: Facts['history']): Facts['history'] {
  const noted = Object.values(spec.syncs).flatMap((sync): [string, SyncHistory][] => {
    const success = notedSuccess({ spec, facts }, sync);
    const known = recorded[sync.name];
    if (success === null || Date.parse(success.at) <= Date.parse(known?.lastSuccess?.at ?? '1970-01-01T00:00:00Z'))
      return [];
    return [[sync.name, { ...(known ?? { lastRun: null }), lastSuccess: success }]];
  });
  return { ...recorded, ...Object.fromEntries(noted) };
}

function notedSuccess(about: Known, sync: Sync): SyncHistory['lastSuccess'] {
  const { endpoints, observedAt } = about.facts;
  const destination = endpoints[endpointKey(sync.destination)];
  const { owner, last: note } = destination?.identity ?? {};
  if (note == null || merges(sync) || ownership(about, sync).state !== 'own') return null;
  if (note.source !== owner?.source || Date.parse(note.at) > Date.parse(observedAt) + AHEAD) return null;
  return {
    // Of another state directory.
    run: '',
    at: note.at,
    snapshot: note.snapshot ?? null,
    // Who can write there could raise the number, and with it how much may be deleted.
    entries: null,
    mountTarget: destination?.directory?.mount?.target ?? null,
    sourceMountTarget: endpoints[endpointKey(sync.source)]?.directory?.mount?.target ?? null,
  };
}
