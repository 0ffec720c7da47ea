import { deepStrictEqual, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Executor, StepContext, StepResult } from '../../src/executors/contract.ts';
import { runCommands } from '../../src/executors/kinds/command/run-commands.ts';
import { placePreconditions } from '../../src/planner/kinds/rsync/preconditions.ts';
import type { Json } from '../../src/planner/model/json.ts';
import { plannedStep, type Step } from '../../src/planner/model/step.ts';
import type { World } from '../../src/testkit/index.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    mirror: unknown;
  }
}

/** Of the second version: it keeps one copy, says in the plan how much it may delete there, and asks before it does. */
export const mirror: Executor = {
  apiVersion: 2,
  planning: {
    name: 'mirror',
    version: '1.0.0',
    kinds: ['transfer'],
    settings: {
      sync: { type: 'object', additionalProperties: false, properties: { patterns: { type: 'string' } } },
    },
    inputFiles: ({ sync }) => {
      const path = patternsOf(sync.settings['mirror']);
      return path === null ? [] : [{ host: 'local', path }];
    },
    planTransfer: (input, target) => {
      const { sync, sourcePath, allowDestructive } = input;
      const params = { source: sourcePath, target: target.path, patterns: patternsOf(sync.settings['mirror']) };
      const step = plannedStep({
        id: `transfer:${sync.name}`,
        kind: 'transfer',
        executor: { name: 'mirror', version: '1.0.0' },
        sync: sync.name,
        host: input.hostId,
        action: 'update',
        summary: `mirror ${sync.name}`,
        reason: 'the copy is made as the source is now',
        destructive: true,
        ...(allowDestructive ? {} : { deleteLimit: sync.policy.maxDelete }),
        preconditions: placePreconditions(input, target),
        commands: commandsOf(params),
        params,
      });
      return { steps: [step], findings: [] };
    },
    commands: commandsOf,
  },
  apply: async (step, context) => {
    const [look, copy] = step.commands as [string[], string[]];
    const refused = await judge(look, step, context);
    return refused ?? (await runCommands([copy], context, 'mirror-failed')) ?? { outcome: 'done', findings: [] };
  },
};

/** What it would delete, told before it does. */
async function judge(look: string[], { params }: Step, context: StepContext): Promise<StepResult | null> {
  const said: Buffer[] = [];
  const result = await context.run(look, { onStdout: (chunk) => said.push(chunk) });
  if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
  const before = await context.query.countEntries(paramsOf(params).target);
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
  const { source, target, patterns } = paramsOf(params);
  const filters = ['--filter=H .nbkp-*', '--filter=P .nbkp-*'];
  const excluded = patterns === null ? [] : [`--exclude-from=${patterns}`];
  const rest = ['--delete', ...filters, ...excluded, `${source}/`, `${target}/`];
  return [
    ['rsync', '-a', '--dry-run', '--itemize-changes', ...rest],
    ['rsync', '-a', '--delay-updates', ...rest],
  ];
}

function paramsOf(params: Json) {
  const { source, target, patterns } = recordOf(params);
  if (typeof source !== 'string' || typeof target !== 'string' || (typeof patterns !== 'string' && patterns !== null))
    throw new Error('these are no params of mirror');
  return { source, target, patterns };
}

function patternsOf(settings: Json | undefined): string | null {
  const { patterns } = recordOf(settings ?? null);
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
    [syncs.docs]
    source = "laptop:docs"
    destination = "usb:docs"
    transfer = "mirror"
    mirror.patterns = "${root}/patterns"
  `,
  make: (root) => {
    for (const path of ['laptop/docs', 'usb/docs']) mkdirSync(`${root}/${path}`, { recursive: true });
    for (const name of [...NAMES, 'x.tmp']) writeFileSync(`${root}/laptop/docs/${name}`, 'new');
    for (const name of [...NAMES.slice(1), 'thrown-away']) writeFileSync(`${root}/usb/docs/${name}`, 'old');
    writeFileSync(`${root}/patterns`, '*.tmp\n');
    return {
      sound: () => ok(existsSync(`${root}/usb/docs/${NAMES[1]}`)),
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
  return readdirSync(`${root}/usb/docs`)
    .filter((name) => !name.startsWith('.nbkp-'))
    .sort();
}
