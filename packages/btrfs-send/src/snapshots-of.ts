import {
  endpointKey,
  hostAt,
  type Endpoint,
  type ExecutorAnswer,
  type ExecutorQuestion,
  type Facts,
  type Spec,
  type Sync,
} from 'nbkp/executor';

/** `btrfs subvolume show` (btrfs-subvolume(8)) of each, with its name before it. */
const SHOW = `for each in "$1"/*; do
  [ -d "$each" ] || continue
  printf '= %s\\n' "\${each##*/}"
  btrfs subvolume show "$each" || true
done`;

/** One question for each end that is there. */
export function questions({ spec, facts, sync }: { spec: Spec; facts: Facts; sync: Sync }): ExecutorQuestion[] {
  const ends: [string, Endpoint][] = [
    ['source', sync.source],
    ['destination', sync.destination],
  ];
  return ends.flatMap(([id, endpoint]) => {
    const observed = facts.endpoints[endpointKey(endpoint)];
    if (observed?.snapshots == null) return [];
    const argv = ['sh', '-c', SHOW, 'show', `${observed.path}/snapshots`];
    return [{ id, host: hostAt(spec, endpoint.volume), argv }];
  });
}

/** What is known of a snapshot at one end. */
export interface Identity {
  /** Of its content: the UUID that it was sent with, at whichever end. */
  content: string;
  /** It came whole from elsewhere. */
  received: boolean;
}

/** By name, for each snapshot that is a subvolume. */
export function identities(answer: ExecutorAnswer | undefined): ReadonlyMap<string, Identity> {
  const blocks = (answer?.stdout ?? '').split(/^= /m).slice(1);
  return new Map(
    blocks.flatMap((block): [string, Identity][] => {
      const [name = ''] = block.split('\n', 1);
      const received = fieldOf(block, 'Received UUID');
      const content = received ?? fieldOf(block, 'UUID');
      return content === null ? [] : [[name, { content, received: received !== null }]];
    }),
  );
}

function fieldOf(block: string, name: string): string | null {
  const value = new RegExp(`^\\s*${name}:\\s*([0-9a-f-]{36})\\s*$`, 'm').exec(block)?.[1];
  return value ?? null;
}
