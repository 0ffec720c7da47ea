import type { Finding } from '../model/finding.ts';
import type { Json } from '../model/json.ts';
import type { HookCommand, SshEndpoint, Sync } from '../model/spec.ts';
import { sameJson } from '../model/json-changes.ts';
import { hostKeyProof } from '../ssh/host-key-proof.ts';
import { remark, syncRemark } from './remark.ts';
import type { Review, SyncPair } from './remarks.ts';
import * as reviewing from '../model/findings/reviewing.ts';

/** Who is trusted, with what, and which commands run. */
export function accessRemarks(review: Review): Finding[] {
  return [
    ...hostKeys(review),
    ...passphrases(review),
    ...credentials(review),
    ...review.both.flatMap((pair) => [
      ...hooks(review, pair),
      ...executors(review, pair),
      ...syncSettings(review, pair),
    ]),
    ...newHooks(review),
    ...settings(review),
  ];
}

function hostKeys({ a, b }: Review): Finding[] {
  return Object.values(b.spec.ssh).flatMap((endpoint) => {
    const old = a.spec.ssh[endpoint.name];
    if (old === undefined || checks(endpoint) >= checks(old)) return [];
    const pointers = ['options', 'strict-host-key-checking', 'known-hosts-file'].map(
      (key) => `/ssh/${endpoint.name}/${key}`,
    );
    return [remark(b.spec, [...pointers, `/ssh/${endpoint.name}`], reviewing.hostKeyCheckWeakened(endpoint.name))];
  });
}

/** What is proved, as a number to compare. */
function checks(endpoint: SshEndpoint): number {
  return ['unchecked', 'new-is-taken', 'checked'].indexOf(hostKeyProof(endpoint));
}

function passphrases({ a, b }: Review): Finding[] {
  return Object.values(b.spec.volumes).flatMap(({ name, mount }) => {
    const old = a.spec.volumes[name]?.mount;
    if (old === undefined || old === null || sameJson(old.encryption, mount?.encryption)) return [];
    const [was, is] = [old.encryption?.passphraseId, mount?.encryption?.passphraseId];
    const message =
      is === undefined
        ? `${name} counts as not encrypted.`
        : was === undefined
          ? `${name} counts as encrypted, with the passphrase ${is}.`
          : `${name} is unlocked with the passphrase ${is} instead of ${was}.`;
    const pointers = [
      `/volumes/${name}/mount/encryption/passphrase-id`,
      `/volumes/${name}/mount/encryption`,
      `/volumes/${name}`,
    ];
    return [remark(b.spec, pointers, { ...reviewing.passphraseIdChanged(message), volume: name })];
  });
}

function credentials({ a, b }: Review): Finding[] {
  if (sameJson(a.spec.credentials, b.spec.credentials)) return [];
  const { provider, command } = b.spec.credentials;
  return [
    remark(
      b.spec,
      ['/credentials/provider', '/credentials'],
      reviewing.credentialsChanged(command === null ? provider : `the command ${command.join(' ')}`),
    ),
  ];
}

const HOOKS = [
  ['before', (sync: Sync) => sync.before],
  ['after', (sync: Sync) => sync.after],
  ['on-failure', (sync: Sync) => sync.onFailure],
] as const;

function hooks(review: Review, { was, is }: SyncPair): Finding[] {
  return HOOKS.flatMap(([key, of]) => {
    const known = new Set(of(was).map(asText));
    return of(is)
      .filter((hook) => !known.has(asText(hook)))
      .map((hook) => newCommand(review, is, key, hook));
  });
}

function newHooks(review: Review): Finding[] {
  const known = new Set(review.both.map(({ is }) => is.name));
  const fresh = Object.values(review.b.spec.syncs).filter(({ name }) => !known.has(name));
  return fresh.flatMap((sync) =>
    HOOKS.flatMap(([key, of]) => of(sync).map((hook) => newCommand(review, sync, key, hook))),
  );
}

function asText(hook: HookCommand): string {
  return JSON.stringify(hook);
}

function newCommand({ b }: Review, { name }: Sync, key: string, { argv, onVolume }: HookCommand): Finding {
  const when = `${key === 'on-failure' ? 'on failure' : `${key} the transfer`}${onVolume === null ? '' : `, where ${onVolume} is`}`;
  return syncRemark(b.spec, { name }, [`/syncs/${name}/${key}`], reviewing.commandAdded(name, when, argv));
}

/** Of a plugin that was not loaded, no step shows it. */
function settings({ a, b }: Review): Finding[] {
  return changedKeys(a.spec.settings, b.spec.settings).map((name) =>
    remark(b.spec, [`/${name}`], reviewing.executorSettingsChanged(name, 'The spec')),
  );
}

function syncSettings({ b }: Review, { was, is }: SyncPair): Finding[] {
  return changedKeys(was.settings, is.settings).map((name) =>
    syncRemark(b.spec, is, [`/syncs/${is.name}/${name}`], reviewing.executorSettingsChanged(name, is.name)),
  );
}

function changedKeys(was: Record<string, Json>, is: Record<string, Json>): string[] {
  const keys = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort();
  return keys.filter((key) => !sameJson(was[key] ?? null, is[key] ?? null));
}

function executors({ b }: Review, { was, is }: SyncPair): Finding[] {
  if (was.transfer === is.transfer) return [];
  const changed = reviewing.executorChanged(is.name, is.transfer, was.transfer);
  return [syncRemark(b.spec, is, [`/syncs/${is.name}/transfer`], changed)];
}
