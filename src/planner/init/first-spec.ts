import { type Section, tomlOf } from '../import/toml.ts';
import type * as Written from '../spec/generated/spec.ts';
import type { Destination } from './destinations.ts';
import type { Saving } from './excludes.ts';
import { proposalFor } from './file-systems.ts';

/** What was decided, by asking or by flags. */
export interface Choices {
  source: { name: string; path: string };
  destination: Destination;
  /** What is left out; empty when nothing is. */
  excludes: readonly Saving[];
  /** Its transfers read a temporary snapshot of it, which this executor makes; null for none. */
  ofOneMoment: 'btrfs' | 'lvm' | null;
}

/** Percent: more than people edit between two backups. */
const MAX_CHANGE = 50;

/** More than changes on most machines while a backup is made. */
const CHANGES = '5GiB';

/** How sizes are written: that is for the reporters to say. */
type FormatBytes = (bytes: number) => string;

/**
 * A first spec, with a comment for every choice.
 *
 * @param schema path or address of the JSON Schema, for editors
 * @returns TOML that `readSpec` accepts without a finding
 */
export function firstSpec(choices: Choices, schema: string, formatBytes: FormatBytes): string {
  const { source, destination } = choices;
  const ssh = new Map<string, Section<Written.SshEndpoint>>();
  if (destination.ssh !== null) {
    const comment = [' How to reach it. What is not written here comes from ~/.ssh/config.'];
    ssh.set(destination.name, { written: destination.ssh, comment });
  }
  const volumes = new Map<string, Section<Written.Volume>>([
    [source.name, { written: { path: source.path }, comment: [' What is backed up.'] }],
    [destination.name, destinationVolume(destination, formatBytes)],
  ]);
  const syncs = new Map([[source.name, sync(choices, formatBytes)]]);
  const head = [
    `#:schema ${schema}`,
    '# Written by nbkp init, and yours from now on.',
    '# After a change, nbkp plan shows what it means.',
    '# All keys: nbkp spec schema, or docs/spec.md.',
  ];
  return `${head.join('\n')}\n${tomlOf({ sections: { ssh, volumes, syncs }, credentials: null })}`;
}

/**
 * A volume with what is known of it as its comment.
 *
 * @param keeps whether it says which snapshots its copies have
 */
export function destinationVolume(
  destination: Destination,
  formatBytes: FormatBytes,
  keeps = true,
): Section<Written.Volume> {
  const { volume, title, where, kind, encrypted } = destination;
  const { mode, why } = proposalFor(destination.fsType);
  const written: Written.Volume = { ...volume };
  if (mode !== 'none' && keeps) written.snapshots = snapshotsOf(mode);
  const details = [
    ...(destination.bytes === null ? [] : [formatBytes(destination.bytes)]),
    ...(destination.fsType === null && kind !== 'drive' ? [] : [destination.fsType ?? 'locked']),
    ...(encrypted ? ['encrypted'] : []),
    ...(kind === 'drive' ? [`${where} when this was written`] : []),
  ];
  const what = kind === 'drive' ? 'The drive' : kind === 'server' ? 'The server' : 'The folder';
  const passphrase = [
    ' Its passphrase: see [credentials] in docs/spec.md.',
    ' Without that section, the keyring is asked.',
  ];
  return {
    written,
    comment: [
      ` ${what} "${title}"${details.length === 0 ? '' : ` (${details.join(', ')})`}.`,
      ...(keeps ? why.map((line) => ` ${line}`) : []),
      ...(mode === 'none' || !keeps ? [] : [KEPT]),
      ...(encrypted ? passphrase : []),
    ],
  };
}

/** Which snapshots are made and kept, where nothing else is said. */
function snapshotsOf(mode: 'hard-link' | 'btrfs'): Written.Snapshots {
  return { mode, keep: { last: 3, daily: 7, weekly: 4, monthly: 12 } };
}

const KEPT = ' Kept: the last 3, and the newest of each of 7 days, 4 weeks and 12 months.';

function sync(
  { source, destination, excludes, ofOneMoment }: Choices,
  formatBytes: FormatBytes,
): Section<Written.Sync> {
  const { mode } = proposalFor(destination.fsType);
  const ends = { source: source.name, destination: `${destination.name}:${destination.subdir}` };
  return syncSection(ends, { mode, excludes, ofOneMoment }, formatBytes);
}

interface SyncChoices extends Pick<Choices, 'excludes'>, Partial<Pick<Choices, 'ofOneMoment'>> {
  /** Of the snapshots that it has by its destination. */
  mode: string;
  /** The file system of the destination, where the sync itself has to say what is kept there. */
  own?: string | null;
}

/** A sync with a comment for each of its keys. */
export function syncSection(
  ends: Pick<Written.Sync, 'source' | 'destination'>,
  { mode, excludes, own, ofOneMoment = null }: SyncChoices,
  formatBytes: FormatBytes,
): Section<Written.Sync> {
  const proposal = own === undefined ? null : proposalFor(own);
  const written: Written.Sync = { ...ends };
  if (proposal !== null && proposal.mode !== 'none') written.snapshots = snapshotsOf(proposal.mode);
  if (ofOneMoment !== null) written['source-snapshot'] = ofOneMoment;
  if (ofOneMoment === 'lvm') written.lvm = { size: CHANGES };
  if (excludes.length > 0) written.filters = excludes.map(({ filter }) => filter);
  written['max-age'] = '7d';
  written.policy = { 'max-change': MAX_CHANGE };
  const widest = Math.max(0, ...excludes.map(({ filter }) => filter.length));
  const left = excludes.map(({ filter, what, bytes }) => `   ${filter.padEnd(widest)}  ${formatBytes(bytes)}, ${what}`);
  return {
    written,
    comment: [
      ' A copy in one direction: what is deleted here is deleted in the next copy',
      (proposal?.mode ?? mode) === 'none' ? ' too.' : ' too. The snapshots before it still have it.',
      ...(ofOneMoment === null
        ? []
        : [' A run reads a snapshot of the folder: what changes meanwhile is not copied half.']),
      ...(ofOneMoment === 'lvm' ? [' lvm.size is room for all that changes in its volume during one run.'] : []),
      ...(left.length > 0 ? [' Not copied, and what it takes now:', ...left] : []),
      ' nbkp status turns red when the last success is older than max-age.',
      ` A run that would replace more than ${MAX_CHANGE} % of the files is refused until`,
      ' you say so: that is what ransomware does.',
      ...(proposal?.why ?? []).map((line) => ` ${line}`),
      ...(written.snapshots === undefined ? [] : [KEPT]),
    ],
  };
}
