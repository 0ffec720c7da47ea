import { latestCommands, sshPlaceholder, temporaryLink } from 'nbkp/executor';
import type { ReplicaParams } from './params.ts';

const PARTIAL = '.partial-';

/** The name under which a snapshot is received until it is complete. */
function partialOf(name: string): string {
  return `${PARTIAL}${name}`;
}

/** The commands of a step, by what they are for, in their order. All but the first have to succeed. */
export interface ReplicaCommands {
  /** Delete what interrupted runs have received. Where there is nothing they fail, and that is no failure. */
  remove: string[][];
  /** Remove the folders of that. One that holds anything else is not ours: this fails, and nothing is sent. */
  clear: string[][];
  /** Make the folder to receive in. */
  prepare: string[][];
  /** The transfer itself; null where all has arrived. */
  send: string[] | null;
  /** Look whether all has come, or give it its name. */
  finish: string[][];
}

export function replicaCommands(params: ReplicaParams): ReplicaCommands {
  const { kind, root, name, left } = params;
  const partial = `${root}/snapshots/${partialOf(name)}`;
  const leftovers = left.map((entry) => ({ folder: `${root}/snapshots/${entry}`, name: entry.slice(PARTIAL.length) }));
  const cleaning = {
    remove: leftovers.map(({ folder, name }) => ['btrfs', 'subvolume', 'delete', `${folder}/${name}`]),
    clear: leftovers.map(({ folder }) => ['rmdir', folder]),
  };
  if (kind === 'snapshot') return { ...cleaning, prepare: [], send: null, finish: publishing(params, partial) };
  return {
    ...cleaning,
    prepare: [['mkdir', partial]],
    send: sendCommand(params, partial),
    finish: [['sh', '-c', VERIFY, 'verify', `${partial}/${name}`]],
  };
}

/** As the plan shows them. */
export function allCommands(params: ReplicaParams): string[][] {
  const { remove, clear, prepare, send, finish } = replicaCommands(params);
  return [...remove, ...clear, ...prepare, ...(send === null ? [] : [send]), ...finish];
}

function publishing({ root, name, published, linked }: ReplicaParams, partial: string): string[][] {
  // A read-only subvolume cannot change its folder; its snapshot appears by one commit, and keeps the received UUID.
  const publish = [
    ['sync', '-f', `${root}/snapshots`],
    ['btrfs', 'subvolume', 'snapshot', '-r', `${partial}/${name}`, `${root}/snapshots/${name}`],
    ['btrfs', 'subvolume', 'delete', `${partial}/${name}`],
    ['rmdir', partial],
  ];
  const unlink = linked ? [['rm', '-f', temporaryLink(root, name)]] : [];
  return [...(published ? [] : publish), ...unlink, ...latestCommands(root, name)];
}

/**
 * One process for the whole stream, since the end of a stream that was cut says nothing: btrfs-receive(8) may succeed with
 * it, so the exit code of the sender counts as well.
 */
function sendCommand({ way, snapshot, parent, compressed }: ReplicaParams, into: string): string[] {
  const option = compressed ? '--compressed-data' : '';
  const words = ['send', snapshot, parent, into, option];
  if (way.kind === 'here') return ['sh', '-c', pipe(SEND, RECEIVE), ...words];
  const script =
    way.kind === 'push' ? pipe(`${SAY_INTO}; ${SEND}`, over(THERE_RECEIVE)) : pipe(over(THERE_SEND, SAY_WHAT), RECEIVE);
  return ['sh', '-c', script, ...words, sshPlaceholder(way.volume)];
}

const SEND = 'btrfs send -q $4 ${2:+-p "$2"} "$1"';
const RECEIVE = 'btrfs receive "$3"';
/** Names go to the server as lines of standard input, where no shell reads them. */
const SAY_INTO = String.raw`printf '%s\n' "$3"`;
const SAY_WHAT = String.raw`printf '%s\n' "$4" "$2" "$1"`;
const THERE_RECEIVE = 'IFS= read -r into && exec btrfs receive "$into"';
const THERE_SEND =
  'IFS= read -r option; IFS= read -r parent; IFS= read -r snapshot; exec btrfs send -q $option ${parent:+-p "$parent"} "$snapshot"';

/** Any login shell passes on these words as they are. */
function over(script: string, input?: string): string {
  const there = `$5 -T -- server 'exec sh -c '\\''${script}'\\'''`;
  return input === undefined ? there : `${input} | ${there}`;
}

/** Its exit code is that of the receiver, or of the sender if that went well. (POSIX sh has no pipefail.) */
function pipe(sender: string, receiver: string): string {
  return `exec 3>&1; sent=$( { { ${sender}; echo $? >&4; } | ${receiver} >&3; } 4>&1 ) && exit "$sent"`;
}

/** btrfs-receive(8) sets the received UUID when the stream has come to its end. */
const VERIFY = `btrfs subvolume show "$1" | grep -q 'Received UUID:[[:space:]]*[0-9a-f]' || { echo 'the snapshot did not arrive whole' >&2; exit 1; }`;
