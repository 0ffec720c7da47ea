import type { Executor, SyncPlanning } from '../../src/executors/contract.ts';
import type { Json } from '../../src/planner/model/json.ts';
import type { Step } from '../../src/planner/model/step.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    shelf: unknown;
  }
}

/**
 * An executor as a plugin may have it, honest in all things: it holds a folder of its own beside the copy, puts the
 * letter there, moves it into its place, and removes the folder. test/package installs it beside the packed nbkp.
 */
export const shelf: Executor = {
  apiVersion: 1,
  planning: {
    name: 'shelf',
    version: '1.0.0',
    kinds: ['hold', 'transfer', 'let-go'],
    planTransfer: (input) => ({ steps: stepsFor(input), findings: [] }),
    commands: commandsOf,
  },
  apply: async (step, context) => {
    for (const argv of step.commands) {
      const { code, stderr } = await context.run(argv);
      if (context.signal.aborted) return { outcome: 'interrupted', findings: [] };
      if (code === 0) continue;
      const message = `${argv.join(' ')} failed: ${stderr.join(' ')}`;
      return { outcome: 'failed', findings: [{ severity: 'error', code: 'shelf-failed', message }] };
    }
    return { outcome: 'done', findings: [] };
  },
};

function stepsFor(input: SyncPlanning): Step[] {
  const { sourcePath } = input;
  const { path } = input.destination;
  const folder = `${path}/.shelf`;
  const copy = [
    ['cp', '-a', `${sourcePath}/letter`, `${folder}/letter`],
    ['mv', '-T', `${folder}/letter`, `${path}/letter`],
  ];
  const [hold, transfer, letGo] = ['hold', 'transfer', 'let-go'].map((kind) => `${kind}:${input.sync.name}`);
  return [
    step(input, { id: hold!, kind: 'hold', action: 'acquire', dependsOn: [] }, [['mkdir', '-p', folder]]),
    step(input, { id: transfer!, kind: 'transfer', action: 'update', dependsOn: [hold!] }, copy),
    step(input, { id: letGo!, kind: 'let-go', action: 'release', dependsOn: [hold!, transfer!], releases: hold! }, [
      ['rm', '-rf', folder],
    ]),
  ];
}

type Part = Pick<Step, 'id' | 'kind' | 'action' | 'dependsOn' | 'releases'>;

function step({ sync, hostId, destination }: SyncPlanning, part: Part, commands: string[][]): Step {
  return {
    ...part,
    executor: { name: 'shelf', version: '1.0.0' },
    sync: sync.name,
    host: hostId,
    summary: `${part.kind} the letter of ${sync.name}`,
    reason: 'the letter is copied each time',
    runsOn: 'success',
    destructive: false,
    preconditions: [
      {
        fact: `/endpoints/${sync.destination.volume}:${sync.destination.subdir}/directory/inode`,
        check: 'equals',
        value: destination.directory?.inode ?? null,
        description: `the folder ${destination.path}`,
      },
    ],
    commands,
    locks: [],
    devices: [],
    params: { commands },
  };
}

function commandsOf(params: Json): string[][] {
  if (typeof params === 'object' && params !== null && !Array.isArray(params) && Array.isArray(params['commands'])) {
    return params['commands'] as string[][];
  }
  throw new Error('params of shelf have commands');
}
