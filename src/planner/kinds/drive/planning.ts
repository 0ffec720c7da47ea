import type { ExecutorPlanning } from '../../model/executor.ts';
import type { Json } from '../../model/json.ts';
import { devicePlaceholder, mountPlaceholder } from '../../model/step.ts';

export const UDISKS_VERSION = '1.0.0';

/** `take-over` runs nothing: what another run has opened is from then on closed by this one. */
export type UdisksKind = 'take-over' | 'unlock' | 'mount' | 'unmount' | 'lock';

/** What a step that opens or closes a drive was asked to do. */
export interface UdisksParams {
  kind: UdisksKind;
  volume: string;
  /** UUID of the device: of the LUKS container where there is one. */
  uuid: string;
  /** UUID of the file system; null when it is known only after the unlock. */
  fileSystem: string | null;
  /** Of the container's passphrase; null for a drive that need not be unlocked. */
  passphraseId: string | null;
  /** Where it is mounted, if it is; null when that is known only later. */
  target: string | null;
  intent: UdisksIntent;
}

/** Opened for a run and closed by it; opened to stay so; closed because somebody asked for just that. */
export type UdisksIntent = 'scope' | 'keep' | 'close';

const KINDS = ['take-over', 'unlock', 'mount', 'unmount', 'lock'] as const satisfies readonly UdisksKind[];
const INTENTS = ['scope', 'keep', 'close'] as const satisfies readonly UdisksIntent[];

/** Opens and closes drives through udisks2 (udisksctl(1)), which asks polkit: no root, no sudo. */
export const udisksPlanning: ExecutorPlanning = {
  name: 'udisks',
  version: UDISKS_VERSION,
  kinds: [...KINDS],
  commands: (params) => udisksCommands(udisksParams(params)),
};

export function udisksCommands({ kind, volume, uuid, fileSystem, target }: UdisksParams): string[][] {
  const container = byUuid(uuid);
  const device = fileSystem === null ? devicePlaceholder(volume) : byUuid(fileSystem);
  switch (kind) {
    case 'take-over':
      return [];
    case 'unlock':
      return [['sh', '-c', UNLOCK, 'sh', container]];
    case 'mount':
      return [udisksctl('mount', device)];
    case 'unmount':
      return [['sync', '-f', target ?? mountPlaceholder(volume)], udisksctl('unmount', device)];
    case 'lock':
      return [udisksctl('lock', container)];
  }
}

/** udisksctl opens its key file by name, which works for a pipe and not for the socket that we may have given to `sh`. */
const UNLOCK = 'cat | udisksctl unlock --block-device "$1" --key-file /dev/stdin --no-user-interaction';

/**
 * What mkfs.vfat writes to a whole disk can be read as a partition table, with one partition that is the whole disk: both
 * have its UUID, its link may lead to either, and udisks mounts the partition only.
 */
const INNERMOST =
  'udisksctl "$1" --block-device "$(lsblk --noheadings --raw --paths --output UUID,NAME "$2" | sed -n "s/^${2##*/} //p" | tail -n 1)" --no-user-interaction';
/** As FAT and exFAT have it. */
const SHORT_UUID = /\/[0-9A-F]{4}-[0-9A-F]{4}$/i;

function udisksctl(verb: 'mount' | 'unmount' | 'lock', device: string): string[] {
  if (SHORT_UUID.test(device)) return ['sh', '-c', INNERMOST, 'sh', verb, device];
  return ['udisksctl', verb, '--block-device', device, '--no-user-interaction'];
}

function byUuid(uuid: string): string {
  return `/dev/disk/by-uuid/${uuid}`;
}

export function udisksParams(params: Json): UdisksParams {
  if (!isUdisksParams(params)) throw new Error('the params are not those of a step that opens or closes a drive');
  return params;
}

function isUdisksParams(params: unknown): params is UdisksParams {
  if (typeof params !== 'object' || params === null || !('kind' in params && 'volume' in params && 'uuid' in params)) {
    return false;
  }
  const { kind, volume, uuid } = params;
  if (!('fileSystem' in params && 'passphraseId' in params && 'target' in params && 'intent' in params)) return false;
  const { intent, ...others } = params;
  return (
    [others.fileSystem, others.passphraseId, others.target].every(isNullable) &&
    typeof volume === 'string' &&
    typeof uuid === 'string' &&
    KINDS.some((known) => known === kind) &&
    INTENTS.some((known) => known === intent)
  );
}

function isNullable(value: unknown): boolean {
  return value === null || typeof value === 'string';
}
