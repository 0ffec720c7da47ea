import type { SpecDocument } from '../../planner/model/spec-documents.ts';
import { sameJson } from '../../planner/model/json-changes.ts';
import type { Json } from '../../planner/model/json.ts';
import { ALWAYS_ALLOWED } from '../../planner/model/max-delete.ts';
import {
  destinationName,
  endpointKey,
  type Credentials,
  type Filter,
  type HookCommand,
  type Policy,
  type ProvidedVolume,
  type SshEndpoint,
  type Sync,
  type Volume,
} from '../../planner/model/spec.ts';
import { findingsText } from '../findings.ts';
import type { Style } from '../style.ts';
import { joinTexts, sectionText } from '../text/blocks.ts';
import { formatBytes } from '../text/numbers.ts';
import { sanitised } from '../text/sanitise.ts';
import { shellCommand } from '../text/shell.ts';
import { formatDuration } from '../text/time.ts';
import { wrap } from '../text/width.ts';
import { keepText } from './keep.ts';
import { modeText } from './plan/sync.ts';

/** What a spec means after defaults and references: every volume, sync and ssh endpoint with what is not a default. */
export function specText(document: SpecDocument, style: Style): string {
  const safe = sanitised(document);
  const parts = [
    `${style.bold(safe.path)} (${safe.digest.slice(0, 19)}…)\n`,
    sectionText(style.bold('Volumes'), [
      ...Object.values(safe.volumes).flatMap((volume) => (volume.marksOnly === true ? [] : volumeLines(volume, style))),
      ...Object.values(safe.provided ?? {}).flatMap((volume) => providedLines(volume, style)),
    ]),
    sectionText(
      style.bold('Syncs'),
      Object.values(safe.syncs).flatMap((sync) => syncLines(sync, style)),
    ),
    sectionText(
      style.bold('SSH'),
      Object.values(safe.ssh).flatMap((endpoint) => sshLines(endpoint, style)),
    ),
    sectionText(style.bold('Settings of executors'), settingsLines(safe.settings, style)),
    sectionText(style.bold('Credentials'), wrap(credentialsText(safe.credentials), style.width, '  ')),
    sectionText(style.bold('Policy'), wrap(policyText(safe.policy), style.width, '  ')),
    findingsText(safe.findings, style),
  ];
  return joinTexts(parts);
}

function entry(name: string, what: string, details: readonly (readonly [string, string])[], style: Style): string[] {
  const title = `  ${style.bold(name)}: ${what}`;
  const lines = details.flatMap(([key, value]) => {
    const first = `    ${style.dim(`${key}:`)} `;
    return value === '' ? [] : wrap(value, style.width, first, '      ');
  });
  return [title, ...lines];
}

function volumeLines(volume: Volume, style: Style): string[] {
  const { mount } = volume;
  const drive =
    mount === null
      ? ''
      : `the drive with UUID ${mount.deviceUuid}${mount.encryption === null ? '' : `, encrypted (LUKS, passphrase "${mount.encryption.passphraseId}")`}`;
  return entry(
    volume.name,
    volume.path ?? 'where its drive is mounted',
    [
      ['over SSH', volume.ssh?.join(', ') ?? ''],
      ['mount', drive],
      ['description', volume.description ?? ''],
    ],
    style,
  );
}

function providedLines({ name, executor, on, settings, description }: ProvidedVolume, style: Style): string[] {
  const details = [
    [executor, sameJson(settings, {}) ? '' : JSON.stringify(settings)],
    ['description', description ?? ''],
  ] as const;
  return entry(name, `provided by ${executor}${on === null ? '' : `, on ${endpointKey(on)}`}`, details, style);
}

function syncLines(sync: Sync, style: Style): string[] {
  const disabled = sync.enabled ? '' : ' (disabled)';
  const details: [string, string][] = [
    ['snapshots', snapshotsText(sync)],
    ['transfer', transferText(sync)],
    ...Object.entries(sync.settings).map(([name, table]): [string, string] => [name, JSON.stringify(table)]),
    [
      'filters',
      [...sync.filters.map(filterText), ...(sync.filterFile === null ? [] : [`file ${sync.filterFile}`])].join(' | '),
    ],
    ['before', hooksText(sync.before)],
    ['after', hooksText(sync.after)],
    ['on failure', hooksText(sync.onFailure)],
    ['policy', [...maxAgeText(sync), policyText(sync.policy)].join(', ')],
  ];
  return entry(sync.name, `${endpointKey(sync.source)} → ${destinationName(sync)}${disabled}`, details, style);
}

function maxAgeText({ maxAge }: Sync): string[] {
  if (maxAge === null) return [];
  return [`max-age ${maxAge === 'never' ? maxAge : formatDuration(maxAge)}`];
}

function settingsLines(settings: Record<string, Json>, style: Style): string[] {
  return Object.entries(settings).flatMap(([name, table]) => entry(name, JSON.stringify(table), [], style));
}

function snapshotsText({ snapshots, sourceSnapshot, lvm }: Sync): string {
  const size = lvm === undefined ? '' : ` (${formatBytes(lvm.size)})`;
  const source = sourceSnapshot === null ? [] : [`from a temporary ${sourceSnapshot} snapshot${size} of the source`];
  if (snapshots.mode === 'none') return ['none', ...source].join(', ');
  const when = snapshots.when === 'changed' ? ['only when something changed'] : [];
  return [modeText(snapshots.mode), keepText(snapshots.keep), ...when, ...source].join(', ');
}

function transferText({ transfer, rsync, tolerate, unholdable, timeout }: Sync): string {
  const options = [...(rsync.options ?? []), ...rsync.extraOptions];
  return [
    transfer,
    ...(rsync.compress ? ['compressed'] : []),
    ...(rsync.checksum ? ['by checksum'] : []),
    ...(rsync.delete ? [] : ['deletes nothing']),
    ...(rsync.detectRenames === false ? ['copies what was renamed'] : []),
    ...(rsync.sudo === true ? ['as root on the server'] : []),
    ...(rsync.bandwidth === null ? [] : [`at most ${rsync.bandwidth}`]),
    ...(options.length === 0 ? [] : [`options ${shellCommand(options)}`]),
    `tolerates exit codes ${tolerate.join(' ') || 'none'}`,
    ...(unholdable === 'skip' ? ['skips what cannot be held'] : []),
    ...(timeout === null ? [] : [`timeout ${formatDuration(timeout)}`]),
  ].join(', ');
}

function filterText(filter: Filter): string {
  switch (filter.kind) {
    case 'rule':
      return filter.rule;
    case 'include':
      return `include ${filter.pattern}`;
    case 'exclude':
      return `exclude ${filter.pattern}`;
    case 'merge':
      return `merge ${filter.path}`;
    case 'dir-merge':
      return `dir-merge ${filter.name}${filter.excludeSelf ? ' (not copied itself)' : ''}`;
  }
}

function hooksText(hooks: readonly HookCommand[]): string {
  return hooks
    .map(({ argv, onVolume }) => `${shellCommand(argv)}${onVolume === null ? '' : ` (on the host of ${onVolume})`}`)
    .join(' | ');
}

function policyText({ maxDelete, maxChange, maxPrune, minFree, onBattery, metered }: Policy): string {
  return [
    `at most ${maxDelete.percent} % deleted${maxDelete.files === null ? '' : ` and at most ${maxDelete.files} files`} (${ALWAYS_ALLOWED} entries if that is more)`,
    ...(maxChange === undefined ? [] : [`at most ${maxChange} % of the files replaced`]),
    ...(maxPrune === null ? [] : [`at most ${maxPrune} snapshots pruned`]),
    ...(minFree === null ? [] : [`at least ${formatBytes(minFree)} free`]),
    ...(onBattery === null ? [] : [`on battery: ${onBattery}`]),
    ...(metered === null ? [] : [`on a metered network: ${metered}`]),
  ].join(', ');
}

function credentialsText({ provider, command, directory }: Credentials): string {
  return [
    provider,
    ...(command === null ? [] : [shellCommand(command)]),
    ...(directory === null ? [] : [`one file per passphrase in ${directory}`]),
  ].join(', ');
}

function sshLines(endpoint: SshEndpoint, style: Style): string[] {
  const { user, host, port } = endpoint;
  const address = `${user === null ? '' : `${user}@`}${host ?? endpoint.name}${port === null ? '' : `:${port}`}`;
  return entry(
    endpoint.name,
    address,
    [
      ['locations', endpoint.locations.join(', ')],
      ['by way of', endpoint.proxyJump.join(', ')],
      ['key', endpoint.key ?? ''],
      ['host keys', endpoint.strictHostKeyChecking ? '' : 'not checked'],
    ],
    style,
  );
}
