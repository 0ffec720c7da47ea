import type { ExecutorPlanning } from '../../model/executor.ts';
import type { Json } from '../../model/json.ts';
import { devicePlaceholder, mountPlaceholder } from '../../model/step.ts';
import { areParams } from '../../params/valid.ts';
import { mountCommands, unmountCommands } from '../mount/commands.ts';
import { lockCommands, unlockCommands } from '../unlock/commands.ts';

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

/** Opens and closes drives through udisks2 (udisksctl(1)), which asks polkit: no root, no sudo. */
export const udisksPlanning: ExecutorPlanning<UdisksKind> = {
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
      return unlockCommands(container);
    case 'mount':
      return mountCommands(device);
    case 'unmount':
      return unmountCommands(device, target ?? mountPlaceholder(volume));
    case 'lock':
      return lockCommands(container);
  }
}

function byUuid(uuid: string): string {
  return `/dev/disk/by-uuid/${uuid}`;
}

export function udisksParams(params: Json): UdisksParams {
  if (!isUdisksParams(params)) throw new Error('the params are not those of a step that opens or closes a drive');
  return params;
}

function isUdisksParams(params: unknown): params is UdisksParams {
  return areParams('drive', params);
}
