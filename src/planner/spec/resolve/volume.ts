import type { Keep, SnapshotPolicy, Volume } from '../../model/spec.ts';
import type * as Written from '../generated/spec.ts';
import { pathParts } from './endpoint.ts';
import { parseDuration } from '../../model/units.ts';

/** @param host its id */
export function resolveVolume(name: string, written: Written.Volume, host: string): Volume {
  const { mount } = written;
  const encryption = mount?.encryption;
  return {
    name,
    path: written.path === undefined ? null : normalisedPath(written.path),
    ssh: written.ssh === undefined ? null : listOf(written.ssh),
    host,
    mount:
      mount === undefined
        ? null
        : {
            deviceUuid: mount['device-uuid'],
            encryption:
              encryption === undefined
                ? null
                : { type: encryption.type, passphraseId: encryption['passphrase-id'] ?? name },
          },
    description: written.description ?? null,
  };
}

/** One name or several. */
export function listOf(names: Written.Names): string[] {
  return typeof names === 'string' ? [names] : names;
}

function normalisedPath(path: string): string {
  return (path.startsWith('/') ? '/' : '') + pathParts(path).join('/');
}

/** Without a table there are no snapshots. */
export function resolveSnapshots(written: Written.Snapshots | undefined): SnapshotPolicy {
  return {
    mode: written?.mode ?? 'none',
    keep: written?.keep === undefined ? null : resolveKeep(written.keep),
    when: written?.when ?? 'always',
  };
}

function resolveKeep(written: Written.Keep): Keep {
  return {
    last: written.last ?? 0,
    hourly: written.hourly ?? 0,
    daily: written.daily ?? 0,
    weekly: written.weekly ?? 0,
    monthly: written.monthly ?? 0,
    yearly: written.yearly ?? 0,
    within: written.within === undefined ? null : parseDuration(written.within),
    timezone: written.timezone ?? 'UTC',
  };
}
