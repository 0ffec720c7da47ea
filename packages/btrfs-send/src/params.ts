import type { Json } from 'nbkp/executor';

/** Where the two ends are, seen from this machine. */
export type Way =
  /** Both on the host of the step. */
  | { kind: 'here' }
  /** To the server of this volume, or from it. */
  | { kind: 'push' | 'pull'; volume: string };

/** What a step was asked to do. */
export interface ReplicaParams {
  kind: 'transfer' | 'snapshot';
  sync: string;
  /** Key of the destination in the facts. */
  destination: string;
  way: Way;
  /** Absolute path of the snapshot to send. */
  snapshot: string;
  /** Absolute path of the newest snapshot that both ends have, `''` for none, or `{parent:SYNC}`. */
  parent: string;
  /** Absolute path of the destination. */
  root: string;
  /** What the snapshot is called, at both ends. */
  name: string;
  /** Names of entries of `snapshots/` that interrupted runs left. */
  left: string[];
  compressed: boolean;
  /** Milliseconds that the sending may take; null for as long as it needs. */
  timeout: number | null;
  /** A run has published the snapshot and ended before `latest` named it. */
  published: boolean;
  /** It has left the link that was to become `latest`. */
  linked: boolean;
}

/** Tells whether a name or path is one that only the run will know. */
export function isPlaceholder(value: string): boolean {
  return value.startsWith('{');
}

/** @throws where the params are not those of this executor */
export function replicaParams(params: Json): ReplicaParams {
  const { kind, sync, destination, way, snapshot, parent, root, name, left, compressed, timeout, published, linked } =
    record(params);
  if (kind !== 'transfer' && kind !== 'snapshot') throw foreign();
  if (!Array.isArray(left) || (timeout !== null && typeof timeout !== 'number')) throw foreign();
  return {
    ...{ kind, sync: text(sync), destination: text(destination), way: wayOf(way), snapshot: text(snapshot) },
    ...{ parent: text(parent), root: text(root), name: text(name), left: left.map(text), timeout },
    ...{ compressed: flag(compressed), published: flag(published), linked: flag(linked) },
  };
}

function wayOf(value: Json | undefined): Way {
  const { kind, volume } = record(value ?? null);
  if (kind === 'here') return { kind };
  if (kind === 'push' || kind === 'pull') return { kind, volume: text(volume) };
  throw foreign();
}

function foreign(): Error {
  return new Error('these are not params of btrfs-send');
}

function record(value: Json): Record<string, Json | undefined> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw foreign();
  return value;
}

function flag(value: Json | undefined): boolean {
  if (typeof value !== 'boolean') throw foreign();
  return value;
}

function text(value: Json | undefined): string {
  if (typeof value !== 'string') throw foreign();
  return value;
}
