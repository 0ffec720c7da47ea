import {
  classifySnapshots,
  endpointKey,
  hostAt,
  LOCAL_HOST,
  placePreconditions,
  plannedStep,
  pointer,
  snapshotPlaceholder,
  temporaryLink,
  type ExecutorPlanning,
  type Finding,
  type PlannedSteps,
  type Precondition,
  type Step,
  type SyncPlanning,
} from 'nbkp/executor';
import { allCommands } from './commands.ts';
import { isPlaceholder, replicaParams, type ReplicaParams, type Way } from './params.ts';
import { identities, questions } from './snapshots-of.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    'btrfs-send': unknown;
  }
}

const NAME = 'btrfs-send';
const VERSION = '1.0.0';

export const planning: ExecutorPlanning = {
  name: NAME,
  version: VERSION,
  kinds: ['transfer', 'snapshot'],
  settings: {
    sync: {
      type: 'object',
      additionalProperties: false,
      properties: {
        compressed: {
          type: 'boolean',
          description:
            'Send compressed extents as they are (--compressed-data; both ends need Linux 6.0 and btrfs-progs 5.18).',
        },
      },
    },
  },
  questions,
  planReplica,
  commands: (params) => allCommands(replicaParams(params)),
};

function planReplica(input: SyncPlanning): PlannedSteps {
  const unfit = unfitness(input);
  if (unfit !== null) return { steps: [], findings: [error(input, unfit)] };
  const name = nameOf(input);
  const state = stateOf(input, name);
  if (state.kind === 'conflict') return { steps: [], findings: [error(input, state)] };
  if (state.kind === 'up-to-date') return { steps: [], findings: [] };
  const params = paramsOf(input, name, state);
  const snapshot = step(input, { ...params, kind: 'snapshot', left: params.published ? params.left : [] }, state);
  if (params.published) return { steps: [{ ...snapshot, dependsOn: [] }], findings: [] };
  return { steps: [step(input, params, state), snapshot], findings: wholeAgain(input, params) };
}

/** Of the snapshot, which is called the same at both ends. It may be a placeholder. */
function nameOf({ sourcePath, sync }: SyncPlanning): string {
  const found = /\/snapshots\/([^/]+)$/.exec(sourcePath)?.[1];
  return found ?? snapshotPlaceholder(sync.name);
}

type Text = Pick<Finding, 'code' | 'message' | 'help'>;

/** Why the two ends are nothing for this executor; null when they are. */
function unfitness({ spec, sync, source, destination, sourcePath, facts }: SyncPlanning): Text | null {
  const chained = sourcePath !== source.path || facts.endpoints[endpointKey(sync.source)] === undefined;
  if (!chained) {
    return {
      code: 'btrfs-send-no-snapshots',
      message: `${endpointKey(sync.source)} has no snapshots: ${NAME} replicates those that another sync makes.`,
      help: 'Let a sync with snapshots.mode = "btrfs" fill it, or leave out transfer to copy with rsync.',
    };
  }
  if (sync.snapshots.mode !== 'btrfs') {
    return {
      code: 'btrfs-send-needs-btrfs',
      message: `${sync.name} has snapshots.mode "${sync.snapshots.mode}": what ${NAME} makes are btrfs snapshots.`,
      help: 'Set snapshots.mode = "btrfs" for it.',
    };
  }
  if (sync.filters.length > 0 || sync.filterFile !== null) {
    return {
      code: 'btrfs-send-filters',
      message: `${sync.name} has filters, and ${NAME} sends a snapshot whole.`,
      help: 'Filter in the sync that makes the snapshots, or leave out transfer to copy with rsync.',
    };
  }
  const ends = [
    [sync.source, source],
    [sync.destination, destination],
  ] as const;
  for (const [endpoint, { directory }] of ends) {
    const fsType = directory?.mount?.fsType;
    if (fsType === 'btrfs') continue;
    return {
      code: 'btrfs-send-needs-btrfs',
      message: `${endpointKey(endpoint)} is on ${fsType ?? 'a file system that nobody knows'}, not on btrfs.`,
      help: 'Leave out transfer to copy with rsync.',
    };
  }
  for (const { volume } of [sync.source, sync.destination]) {
    const host = facts.hosts[hostAt(spec, volume)];
    if (host?.reachable !== true || (host.btrfs && host.uid === 0)) continue;
    return {
      code: 'btrfs-send-needs-root',
      message: host.btrfs
        ? `On the machine of ${volume} nbkp is ${host.user}, and only root may send and receive snapshots.`
        : `The btrfs command is not installed on the machine of ${volume}.`,
      help: host.btrfs ? 'Run nbkp, or log in there, as root.' : 'sudo apt install btrfs-progs',
    };
  }
  return destination.snapshots === null
    ? {
        code: 'destination-not-prepared',
        message: `${destination.path} has no snapshots/.`,
        help: `nbkp prepare ${sync.destination.volume}`,
      }
    : null;
}

/** What has to be done, as far as it can be known. */
type State =
  | { kind: 'send'; parent: string | null; published: false }
  /** It has arrived, and `latest` does not name it. */
  | { kind: 'publish'; parent: null; published: true }
  | { kind: 'up-to-date' }
  | ({ kind: 'conflict' } & Text);

function stateOf(input: SyncPlanning, name: string): State {
  const { sync, facts, source, destination } = input;
  const answers = facts.answers?.[NAME]?.[sync.name];
  const [asked, askedThere] = [answers?.['source'], answers?.['destination']];
  // A drive that is not open has said nothing.
  if (asked === undefined || askedThere === undefined) return { kind: 'send', parent: null, published: false };
  const [here, there] = [identities(source, asked), identities(destination, askedThere)];
  if (typeof here === 'string') return unanswered(input, here);
  if (typeof there === 'string') return unanswered(input, there);
  const history = classifySnapshots(destination);
  if (history.latest !== null && history.latest.name > name && !isPlaceholder(name)) return newer(input, name);
  const wanted = here.get(name);
  const existing = destination.snapshots?.[name] === undefined ? undefined : (there.get(name) ?? null);
  if (existing !== undefined && wanted !== undefined) {
    if (existing?.received !== true || existing.content !== wanted.content) return taken(input, name);
    return history.latest?.name === name ? { kind: 'up-to-date' } : { kind: 'publish', parent: null, published: true };
  }
  const complete = new Set(history.snapshots.map((snapshot) => snapshot.name));
  const common = classifySnapshots(source).snapshots.findLast((snapshot) => {
    const theirs = there.get(snapshot.name);
    return (
      complete.has(snapshot.name) && theirs?.received === true && theirs.content === here.get(snapshot.name)?.content
    );
  });
  return { kind: 'send', parent: common?.name ?? '', published: false };
}

function unanswered({ sync }: SyncPlanning, problem: string): State {
  return {
    kind: 'conflict',
    code: 'btrfs-send-unknown',
    message: `Which snapshots both ends of ${sync.name} have cannot be found out: ${problem}.`,
    help: 'btrfs subvolume list, send and receive have to work there, which need root.',
  };
}

function newer({ sync, destination }: SyncPlanning, name: string): State {
  return {
    kind: 'conflict',
    code: 'btrfs-send-destination-newer',
    message: `${endpointKey(sync.destination)} has ${classifySnapshots(destination).latest?.name ?? ''}, which is later than ${name}, the latest of ${endpointKey(sync.source)}.`,
    help: 'Was the source put back from an older copy? Let its sync make a new snapshot, then run this one.',
  };
}

function taken({ sync }: SyncPlanning, name: string): State {
  return {
    kind: 'conflict',
    code: 'btrfs-send-name-taken',
    message: `${endpointKey(sync.destination)} has a snapshot ${name} that is not the one of ${endpointKey(sync.source)}.`,
    help: 'Look at both. If the one at the destination is not needed, delete it by hand (btrfs subvolume delete).',
  };
}

function paramsOf(input: SyncPlanning, name: string, state: Extract<State, { parent: string | null }>): ReplicaParams {
  const { sync, destination, source, sourcePath } = input;
  const snapshots = `${source.path}/snapshots`;
  const known = state.parent === '' ? '' : `${snapshots}/${state.parent ?? ''}`;
  const settings = sync.settings[NAME];
  return {
    kind: 'transfer',
    sync: sync.name,
    destination: endpointKey(sync.destination),
    way: wayOf(input),
    snapshot: sourcePath,
    parent: state.parent === null && !state.published ? `{parent:${sync.name}}` : known,
    root: destination.path,
    name,
    left: Object.entries(destination.snapshots ?? {}).flatMap(([entry, { kind }]) =>
      kind === 'directory' && classifySnapshots(destination).partials.includes(entry) ? [entry] : [],
    ),
    compressed:
      typeof settings === 'object' && settings !== null && 'compressed' in settings && settings['compressed'] === true,
    timeout: sync.timeout,
    published: state.published,
    linked: destination.leftovers.some((entry) => temporaryLink(destination.path, name).endsWith(`/${entry}`)),
  };
}

function wayOf({ spec, sync }: SyncPlanning): Way {
  const [from, to] = [hostAt(spec, sync.source.volume), hostAt(spec, sync.destination.volume)];
  if (from === to) return { kind: 'here' };
  return from === LOCAL_HOST
    ? { kind: 'push', volume: sync.destination.volume }
    : { kind: 'pull', volume: sync.source.volume };
}

function step(input: SyncPlanning, params: ReplicaParams, state: State): Step {
  const { sync, hostId } = input;
  const transfers = params.kind === 'transfer';
  return plannedStep({
    id: `${params.kind}:${sync.name}`,
    kind: params.kind,
    executor: { name: NAME, version: VERSION },
    sync: sync.name,
    volume: sync.destination.volume,
    host: hostId,
    action: 'create',
    summary: transfers ? `send ${params.name}` : `keep it as ${params.name} and point latest to it`,
    reason: transfers ? reasonOf(params, state) : `what was sent becomes the latest snapshot`,
    dependsOn: transfers ? [] : [`transfer:${sync.name}`],
    // Publishing only names what has been sent: the source may have moved on.
    preconditions: transfers || params.published ? placePreconditions(input) : latestAsPlanned(input),
    commands: allCommands(params),
    params: { ...params, way: { ...params.way } },
  });
}

function reasonOf({ parent }: ReplicaParams, state: State): string {
  if (state.kind === 'send' && state.parent === null) return 'what both ends have is not known yet';
  return parent === ''
    ? 'the two ends have no snapshot in common: all of it'
    : `what has changed since ${parent.slice(parent.lastIndexOf('/') + 1)}`;
}

/** The first time that is as it should be; later it may be a surprise, and takes room. */
function wholeAgain(input: SyncPlanning, { parent }: ReplicaParams): Finding[] {
  const { sync, destination } = input;
  if (parent !== '' || classifySnapshots(destination).snapshots.length === 0) return [];
  return [
    {
      severity: 'warning',
      code: 'btrfs-send-whole',
      message: `${endpointKey(sync.source)} and ${endpointKey(sync.destination)} have no snapshot in common any more: all of it is sent, and takes its room once more.`,
      help: 'Keep snapshots at the source for longer than the destination is away.',
      sync: sync.name,
    },
  ];
}

function latestAsPlanned({ sync, destination }: SyncPlanning): Precondition[] {
  const key = endpointKey(sync.destination);
  return [
    {
      fact: pointer('endpoints', key, 'latest'),
      check: 'equals',
      value: { ...destination.latest },
      description: `latest of ${key}`,
    },
  ];
}

function error({ sync }: SyncPlanning, text: Text): Finding {
  return { severity: 'error', ...text, sync: sync.name };
}
