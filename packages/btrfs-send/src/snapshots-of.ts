import {
  endpointKey,
  hostAt,
  type Endpoint,
  type EndpointFacts,
  type ExecutorAnswer,
  type ExecutorQuestion,
  type Facts,
  type Spec,
  type Sync,
} from 'nbkp/executor';

/** One question for each end that is there: which subvolumes its file system has beside it. */
export function questions({ spec, facts, sync }: { spec: Spec; facts: Facts; sync: Sync }): ExecutorQuestion[] {
  const ends: [string, Endpoint][] = [
    ['source', sync.source],
    ['destination', sync.destination],
  ];
  return ends.flatMap(([id, endpoint]) => {
    const observed = facts.endpoints[endpointKey(endpoint)];
    if (observed?.snapshots == null) return [];
    const argv = ['btrfs', 'subvolume', 'list', '-uRo', `${observed.path}/snapshots`];
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

/** By name, of each snapshot that is a subvolume; else a sentence that says why that is not known. */
export function identities(
  { directory, path, snapshots }: EndpointFacts,
  answer: ExecutorAnswer,
): ReadonlyMap<string, Identity> | string {
  if (answer.problem !== null) return answer.problem;
  const prefix = `${pathInBtrfs(directory)}/snapshots/`;
  const known = new Map(
    answer.stdout.split('\n').flatMap((line): [string, Identity][] => {
      const { received = '-', uuid = '', at = '' } = SUBVOLUME.exec(line)?.groups ?? {};
      if (!at.startsWith(prefix)) return [];
      const name = at.slice(prefix.length);
      return [[name, received === '-' ? { content: uuid, received: false } : { content: received, received: true }]];
    }),
  );
  // One may have been pruned meanwhile, but not all of them.
  const some = Object.values(snapshots ?? {}).some(({ kind }) => kind === 'subvolume');
  return some && known.size === 0 ? `btrfs subvolume list says nothing about those in ${path}/snapshots` : known;
}

/** A line of `btrfs subvolume list -uRo`, which needs root; the path is seen from the top of the file system (btrfs-subvolume(8)). */
const SUBVOLUME = /^ID \d+ .* received_uuid (?<received>-|[0-9a-f-]{36}) +uuid (?<uuid>[0-9a-f-]{36}) path (?<at>.*)$/;

/** Where a directory is in its file system, of which any folder may be mounted: `''` is the top. */
function pathInBtrfs(directory: EndpointFacts['directory']): string {
  const { realPath = '', mount } = directory ?? {};
  const [, root = ''] = /\[\/(.*)\]$/.exec(mount?.source ?? '') ?? [];
  const below = realPath.slice((mount?.target ?? '').length).replace(/^\//, '');
  return [root, below].filter((part) => part !== '').join('/');
}
