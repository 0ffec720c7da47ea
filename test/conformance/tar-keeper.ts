import type { StoredHistory, SyncPlanning } from '../../src/planner/model/executor.ts';
import type { Executor } from '../../src/executors/contract.ts';
import { sequence } from '../../src/executors/kinds/command/run-commands.ts';
import { placePreconditions } from '../../src/planner/kinds/rsync/preconditions.ts';
import { providedVolume, storePlace } from '../../src/planner/kinds/stored/place.ts';
import type { EndpointFacts, Facts } from '../../src/planner/model/facts.ts';
import type { Json } from '../../src/planner/model/json.ts';
import { endpointKey, hostAt, type Spec, type Sync } from '../../src/planner/model/spec.ts';
import { fill, plannedStep, snapshotPlaceholder } from '../../src/planner/model/step.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    keeper: unknown;
  }
}

const run = sequence('keeper-failed');

const NAME = { name: 'keeper', version: '1.0.0' };

/**
 * Provides volumes, and keeps each snapshot as one tar file there: `archives/HISTORY/TIME.tar`. What is not whole ends with
 * `.partial`.
 */
export const keeper: Executor = {
  apiVersion: 2,
  planning: {
    ...NAME,
    kinds: ['transfer', 'prune', 'restore'],
    settings: {
      volume: {
        type: 'object',
        additionalProperties: false,
        properties: {
          compress: { type: 'boolean', description: 'Whether archives are compressed. Default false.' },
          folder: { type: 'string', description: 'Where archives are kept, in place of where the volume lies.' },
        },
      },
    },
    questions: ({ spec, facts, sync }) => {
      const destination = facts.endpoints[endpointKey(sync.destination)];
      if (sync.stored === undefined || destination?.directory == null) return [];
      const folder = folderOf(spec, sync, destination);
      // No such folder before the first: that is no failure.
      const argv = ['sh', '-c', 'test ! -e "$0" || ls "$0"', folder];
      return [{ id: 'list', host: hostAt(spec, sync.destination.volume), argv }];
    },
    planTransfer: (input) => ({ steps: [packStep(input)], findings: [] }),
    volumes: {
      withoutOn: true,
      history: ({ facts, sync }) => historyIn(facts, sync),
      forget: ({ spec, sync, destination }, snapshots) => {
        const params = { forget: snapshots.map(({ id }) => `${folderOf(spec, sync, destination)}/${id}`) };
        return { commands: commandsOf(params), params };
      },
      restore: ({ spec, sync, destination }, { id }, { path, paths }) => {
        const params = { from: `${folderOf(spec, sync, destination)}/${id}`, to: path, paths: [...paths] };
        return { commands: commandsOf(params), params };
      },
      keeps: () => ['owners', 'permissions', 'links', 'specials', 'hard-links'],
      verify: ({ spec, facts, sync }, { id }) => {
        const path = facts.endpoints[endpointKey(sync.destination)]?.path ?? '';
        const file = `${folderOf(spec, sync, { path })}/${id}`;
        return { host: hostAt(spec, sync.destination.volume), argv: ['tar', '--list', `--file=${file}`] };
      },
    },
    commands: commandsOf,
  },
  apply: async (step, context) => {
    if (step.kind !== 'transfer') return run(step, context);
    const values = { [snapshotPlaceholder(step.sync ?? '')]: new Date(context.now()).toISOString() };
    const result = await run({ ...step, commands: step.commands.map((argv) => fill(argv, values)) }, context);
    return result.outcome === 'done' ? { ...result, values } : result;
  },
};

function packStep(input: SyncPlanning) {
  const { spec, sync, sourcePath, destination } = input;
  const folder = folderOf(spec, sync, destination);
  const archive = `${folder}/${snapshotPlaceholder(sync.name)}.tar${compresses(spec, sync) ? '.gz' : ''}`;
  const params = { source: sourcePath, folder, archive };
  return plannedStep({
    id: `transfer:${sync.name}`,
    kind: 'transfer',
    executor: NAME,
    sync: sync.name,
    volume: sync.destination.volume,
    host: input.hostId,
    action: 'create',
    summary: `pack ${endpointKey(sync.source)} into an archive`,
    reason: 'each run makes one',
    preconditions: placePreconditions(input),
    commands: commandsOf(params),
    params,
  });
}

function commandsOf(params: Json): string[][] {
  const { source, folder, archive, forget, from, to, paths } = recordOf(params);
  if (typeof from === 'string' && typeof to === 'string' && Array.isArray(paths) && paths.every(isText)) {
    const wanted = paths.length === 0 ? [] : ['--', ...paths.map((path) => `./${path}`)];
    return [['tar', '--extract', `--file=${from}`, `--directory=${to}`, ...wanted]];
  }
  if (Array.isArray(forget) && forget.length > 0 && forget.every(isText)) {
    return [['rm', '-f', '--', ...forget]];
  }
  if (typeof source !== 'string' || typeof folder !== 'string' || typeof archive !== 'string') {
    throw new Error('these are no params of keeper');
  }
  const partial = `${archive}.partial`;
  return [
    ['mkdir', '-p', '--', folder],
    ['test', '!', '-e', archive],
    ['tar', '--create', '--auto-compress', `--file=${partial}`, '--exclude=./.nbkp-*', `--directory=${source}`, '.'],
    ['sync', partial],
    ['mv', '-T', '--', partial, archive],
    // What killed runs have left.
    ['find', folder, '-maxdepth', '1', '-name', '*.partial', '-delete'],
  ];
}

function historyIn(facts: Facts, { name }: Sync): StoredHistory {
  const answer = facts.answers?.['keeper']?.[name]?.['list'];
  if (answer === undefined || answer.code !== 0) {
    return { state: 'unusable', reason: answer?.problem ?? 'its folder cannot be listed' };
  }
  const files = answer.stdout.split('\n').filter((file) => /\.tar(?:\.gz)?$/.test(file));
  return { state: 'ready', snapshots: files.map((id) => ({ id, at: id.replace(/\.tar(?:\.gz)?$/, '') })) };
}

function folderOf(spec: Spec, sync: Sync, destination: Pick<EndpointFacts, 'path'>): string {
  const { folder } = settingsOf(spec, sync);
  const place = typeof folder === 'string' ? folder : storePlace(sync, destination);
  return `${place}/archives/${sync.stored?.history ?? ''}`;
}

function compresses(spec: Spec, sync: Sync): boolean {
  return settingsOf(spec, sync)['compress'] === true;
}

function settingsOf(spec: Spec, sync: Sync): Record<string, Json> {
  return recordOf(providedVolume(spec, sync)?.settings ?? null);
}

function isText(value: Json): value is string {
  return typeof value === 'string';
}

function recordOf(value: Json): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
