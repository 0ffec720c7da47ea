import { deepStrictEqual, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Executor, StepContext, StepResult } from '../../src/executors/contract.ts';
import { runCommands } from '../../src/executors/kinds/command/run-commands.ts';
import { placePreconditions } from '../../src/planner/kinds/rsync/preconditions.ts';
import { providedVolume, storePlace } from '../../src/planner/kinds/stored/place.ts';
import type { SyncPlanning } from '../../src/planner/model/executor.ts';
import type { EndpointFacts } from '../../src/planner/model/facts.ts';
import type { Json } from '../../src/planner/model/json.ts';
import { endpointKey, type Spec, type Sync } from '../../src/planner/model/spec.ts';
import { plannedStep, type Step } from '../../src/planner/model/step.ts';
import type { World } from '../../src/testkit/index.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    mirror: unknown;
  }
}

const NAME = { name: 'mirror', version: '1.0.0' };

/**
 * Provides volumes that keep one mirror of each source, `mirrors/HISTORY`, and when it was made. It says in the plan how much it may
 * delete there, and asks before it does.
 */
export const mirror: Executor = {
  apiVersion: 2,
  planning: {
    ...NAME,
    kinds: ['transfer'],
    settings: {
      volume: { type: 'object', additionalProperties: false, properties: { patterns: { type: 'string' } } },
    },
    inputFiles: ({ spec, sync }) => {
      const path = patternsOf(spec, sync);
      return path === null ? [] : [{ host: 'local', path }];
    },
    questions: ({ facts, sync }) => {
      const destination = facts.endpoints[endpointKey(sync.destination)];
      if (sync.stored === undefined || destination?.directory == null) return [];
      const stamp = `${folderOf(sync, destination)}.made`;
      const argv = ['sh', '-c', 'test ! -e "$0" || date -u -r "$0" +%FT%TZ', stamp];
      return [{ id: 'made', host: 'local', argv }];
    },
    planTransfer: (input) => ({ steps: [copyStep(input)], findings: [] }),
    volumes: {
      history: ({ facts, sync }) => {
        const answer = facts.answers?.['mirror']?.[sync.name]?.['made'];
        if (answer?.code !== 0) return { state: 'unusable', reason: answer?.problem ?? 'it cannot be looked at' };
        const at = answer.stdout.trim();
        return { state: 'ready', snapshots: at === '' ? [] : [{ id: 'mirror', at }] };
      },
      keeps: () => ['owners', 'permissions', 'links', 'specials'],
    },
    commands: commandsOf,
  },
  apply: async (step, context) => {
    const [make = [], look = [], ...copy] = step.commands;
    const refused = (await runCommands([make], context, 'mirror-failed')) ?? (await judge(look, step, context));
    return refused ?? (await runCommands(copy, context, 'mirror-failed')) ?? { outcome: 'done', findings: [] };
  },
};

function copyStep(input: SyncPlanning): Step {
  const { spec, sync, sourcePath, destination, allowDestructive } = input;
  const params = { source: sourcePath, folder: folderOf(sync, destination), patterns: patternsOf(spec, sync) };
  return plannedStep({
    id: `transfer:${sync.name}`,
    kind: 'transfer',
    executor: NAME,
    sync: sync.name,
    host: input.hostId,
    action: 'update',
    summary: `mirror ${sync.name}`,
    reason: 'the mirror is made as the source is now',
    destructive: true,
    ...(allowDestructive ? {} : { deleteLimit: sync.policy.maxDelete }),
    preconditions: placePreconditions(input),
    commands: commandsOf(params),
    params,
  });
}

/** What it would delete, told before it does. */
async function judge(look: string[], { params }: Step, context: StepContext): Promise<StepResult | null> {
  const said: Buffer[] = [];
  const result = await context.run(look, { onStdout: (chunk) => said.push(chunk) });
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const before = await context.query.countEntries(paramsOf(params).folder);
  if (result.code !== 0 || before === null) {
    const message = `What would be lost is not known: ${result.stderr.join(' ')}`;
    return { outcome: 'failed', findings: [{ severity: 'error', code: 'mirror-failed', message }] };
  }
  const lines = Buffer.concat(said).toString().split('\n');
  const names = lines.flatMap((line) => /^\*deleting +(?<name>.+)$/.exec(line)?.groups?.['name'] ?? []);
  const finding = context.mayLose({ lost: names.length, before, names });
  return finding === null ? null : { outcome: 'refused', findings: [finding] };
}

function commandsOf(params: Json): string[][] {
  const { source, folder, patterns } = paramsOf(params);
  const excluded = patterns === null ? [] : [`--exclude-from=${patterns}`];
  const rest = ['--delete', '--exclude=.nbkp-*', ...excluded, `${source}/`, `${folder}/`];
  return [
    ['mkdir', '-p', folder],
    ['rsync', '-a', '--dry-run', '--itemize-changes', ...rest],
    ['rsync', '-a', '--delay-updates', ...rest],
    ['touch', `${folder}.made`],
  ];
}

function paramsOf(params: Json) {
  const { source, folder, patterns } = recordOf(params);
  if (typeof source !== 'string' || typeof folder !== 'string' || (typeof patterns !== 'string' && patterns !== null))
    throw new Error('these are no params of mirror');
  return { source, folder, patterns };
}

function folderOf(sync: Sync, destination: Pick<EndpointFacts, 'path'>): string {
  return `${storePlace(sync, destination)}/mirrors/${sync.stored?.history ?? ''}`;
}

function patternsOf(spec: Spec, sync: Sync): string | null {
  const { patterns } = recordOf(providedVolume(spec, sync)?.settings ?? null);
  return typeof patterns === 'string' ? patterns : null;
}

function recordOf(value: Json): Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}

const NAMES = Array.from({ length: 30 }, (_, index) => `letter-${index + 10}`);

/** A drawer of letters, of which the copy has an old one, and one that is to go. */
export const drawer: World = {
  spec: (root) => `
    version = 1
    volumes.laptop.path = "${root}/laptop"
    volumes.usb.path = "${root}/usb"
    volumes.vault.on = "usb:vault"
    volumes.vault.mirror.patterns = "${root}/patterns"
    [syncs.docs]
    source = "laptop:docs"
    destination = "vault:docs"
  `,
  make: (root) => {
    for (const path of ['laptop/docs', 'usb/vault/mirrors/docs']) mkdirSync(`${root}/${path}`, { recursive: true });
    for (const name of [...NAMES, 'x.tmp']) writeFileSync(`${root}/laptop/docs/${name}`, 'new');
    for (const name of [...NAMES.slice(1), 'thrown-away'])
      writeFileSync(`${root}/usb/vault/mirrors/docs/${name}`, 'old');
    writeFileSync(`${root}/patterns`, '*.tmp\n');
    return {
      sound: () => ok(existsSync(`${root}/usb/vault/mirrors/docs/${NAMES[1]}`)),
      finished: () => deepStrictEqual(kept(root), NAMES),
    };
  },
  lose: (root) => {
    for (const name of NAMES.slice(0, 25)) rmSync(`${root}/laptop/docs/${name}`);
    return () => deepStrictEqual(kept(root), NAMES);
  },
  recurring: ['transfer'],
};

function kept(root: string): string[] {
  return readdirSync(`${root}/usb/vault/mirrors/docs`)
    .filter((name) => !name.startsWith('.nbkp-'))
    .sort();
}
