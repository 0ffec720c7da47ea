import { createHash } from 'node:crypto';
import { LOCAL_HOST, type Credentials, type Spec, type Sync, type Volume } from '../../model/spec.ts';
import { positionsOf, type SpecDocument } from '../document.ts';
import type * as Written from '../generated/spec.ts';
import { canonical } from '../../model/canonical.ts';
import { recordOf } from '../record.ts';
import { parseEndpoint } from './endpoint.ts';
import { DEFAULT_POLICY, layerPolicy } from './policy.ts';
import { specSettings, syncSettings } from '../settings.ts';
import { historyIn, markFolders, resolveProvided } from './provided.ts';
import { resolveHosts } from './hosts.ts';
import { resolveSsh } from './ssh.ts';
import { resolveSync } from './sync.ts';
import { listOf, resolveSnapshots, resolveVolume } from './volume.ts';

/**
 * What the spec means, whatever the order of its tables and keys. Syncs whose source or destination cannot be understood
 * are left out; references are taken as they are. Both are for the checks to report.
 */
export function resolveSpec(written: Written.SpecFile, document: SpecDocument): Spec {
  const policy = layerPolicy(DEFAULT_POLICY, written.policy);
  const provided = resolveProvided(written.volumes ?? {}, document.data);
  const volumes = Object.entries(written.volumes ?? {}).filter(([name]) => provided[name] === undefined);
  const hosts = resolveHosts(volumes.map(([name, { ssh }]) => [name, ssh === undefined ? null : listOf(ssh)]));
  const defaults = new Map(Object.entries(written.volumes ?? {}).map(([name, volume]) => [name, volume.snapshots]));
  const syncs = Object.entries(written.syncs ?? {}).flatMap(([name, sync]): [string, Sync][] => {
    const source = parseEndpoint(sync.source);
    const destination = parseEndpoint(sync.destination);
    if ('problem' in source || 'problem' in destination) return [];
    const snapshots = resolveSnapshots(sync.snapshots ?? defaults.get(destination.endpoint.volume));
    const settings = syncSettings(document.data, name);
    const history = historyIn(provided, destination.endpoint);
    const context = { source: source.endpoint, destination: destination.endpoint, snapshots, policy, settings };
    return [[name, resolveSync(name, sync, { ...context, ...history })]];
  });
  const meaning = {
    volumes: recordOf([
      ...volumes.map(([name, volume]): [string, Volume] => [
        name,
        resolveVolume(name, volume, hosts.get(name) ?? LOCAL_HOST),
      ]),
      ...markFolders(provided),
    ]),
    syncs: recordOf(syncs),
    ...(Object.keys(provided).length === 0 ? {} : { provided }),
    ssh: resolveSsh(written.ssh ?? {}),
    credentials: resolveCredentials(written.credentials ?? {}),
    policy,
    settings: specSettings(document.data),
  };
  return {
    path: document.path,
    digest: `sha256:${createHash('sha256').update(canonical(meaning), 'utf8').digest('hex')}`,
    ...meaning,
    positions: positionsOf(document),
    lines: document.lines,
    findings: [],
  };
}

function resolveCredentials(written: Written.Credentials): Credentials {
  return {
    provider: written.provider ?? 'keyring',
    command: written.command ?? null,
    directory: written.directory ?? null,
    ...(written.prefetch === true ? { prefetch: true } : {}),
  };
}
