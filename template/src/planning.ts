import {
  endpointKey,
  hostAt,
  placePreconditions,
  plannedStep,
  type ExecutorPlanning,
  type Finding,
  type Json,
  type PlannedSteps,
  type Spec,
  type Sync,
  type SyncPlanning,
  type TransferTarget,
} from 'nbkp/executor';

const NAME = 'tar';
/** Raise the major version when a step with the same params would do something else. */
const VERSION = '1.0.0';

const ENDINGS = { none: '', gzip: '.gz', zstd: '.zst' } as const;

/** What a step has to do, as it is in the plan. */
interface Params {
  source: string;
  target: string;
  compress: keyof typeof ENDINGS;
}

/** The planning half: pure. It has no clock, no files and no environment. */
export const planning: ExecutorPlanning = {
  name: NAME,
  version: VERSION,
  kinds: ['transfer'],
  settings: {
    sync: {
      type: 'object',
      additionalProperties: false,
      properties: {
        compress: { enum: Object.keys(ENDINGS), description: 'How the archive is compressed. Default "none".' },
      },
    },
  },
  planTransfer,
  commands: (params) => commandsOf(paramsOf(params)),
};

function planTransfer(input: SyncPlanning, target: TransferTarget): PlannedSteps {
  const { spec, sync, sourcePath, destination } = input;
  const problem = unsupported(spec, sync);
  if (problem !== null) return { steps: [], findings: [problem] };
  const params: Params = { source: sourcePath, target: target.path, compress: compressionOf(sync.settings[NAME]) };
  const isFirst = destination.directory?.empty === true;
  const step = plannedStep<Json>({
    id: `transfer:${sync.name}`,
    kind: 'transfer',
    executor: { name: NAME, version: VERSION },
    sync: sync.name,
    volume: sync.destination.volume,
    host: input.hostId,
    action: isFirst ? 'create' : 'update',
    summary: `pack ${endpointKey(sync.source)} into an archive at ${endpointKey(sync.destination)}`,
    reason: isFirst ? 'there is no archive yet' : 'the archive is replaced when the new one is complete',
    destructive: !isFirst,
    preconditions: placePreconditions(input, target),
    commands: commandsOf(params),
    params: { ...params },
  });
  return { steps: [step], findings: [] };
}

/** The archive gets its name when it is complete and on the disk. What a killed run left is overwritten. */
function commandsOf({ source, target, compress }: Params): string[][] {
  const archive = `${target}/archive.tar${ENDINGS[compress]}`;
  const flags = compress === 'none' ? [] : [`--${compress}`];
  return [
    ['tar', '--create', ...flags, `--file=${archive}.partial`, '--exclude=./.nbkp-*', `--directory=${source}`, '.'],
    ['sync', `${archive}.partial`],
    ['mv', '-fT', `${archive}.partial`, archive],
  ];
}

/** The params of a plan file may have been changed by somebody: refuse what is none. */
function paramsOf(params: Json): Params {
  const { source, target, compress } = recordOf(params);
  if (typeof source !== 'string' || typeof target !== 'string' || !isCompression(compress)) {
    throw new Error('these are no params of tar');
  }
  return { source, target, compress };
}

/** The schema has been checked: what is not there is the default. */
function compressionOf(settings: Json | undefined): Params['compress'] {
  const { compress } = recordOf(settings);
  return isCompression(compress) ? compress : 'none';
}

function isCompression(value: Json | undefined): value is Params['compress'] {
  return typeof value === 'string' && Object.hasOwn(ENDINGS, value);
}

function recordOf(value: Json | undefined): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

function unsupported(spec: Spec, { name, source, destination, snapshots }: Sync): Finding | null {
  if (snapshots.mode !== 'none') {
    const message = 'tar makes archives and no snapshots.';
    return { severity: 'error', code: 'tar-snapshots', message, help: 'snapshots.mode = "none"', sync: name };
  }
  if (hostAt(spec, source.volume) === hostAt(spec, destination.volume)) return null;
  const message = 'tar packs only what is on the machine of the archive.';
  return { severity: 'error', code: 'tar-remote', message, sync: name };
}
