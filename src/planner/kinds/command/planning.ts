import type { ExecutorPlanning } from '../../model/executor.ts';
import { LOCAL_HOST, type HookCommand, type Spec, type Sync } from '../../model/spec.ts';
import { plannedStep, type Step } from '../../model/step.ts';
import { argvList } from './params.ts';

const COMMAND_VERSION = '1.0.0';

/** Commands of the user before and after a sync, and when it failed. */
export const commandPlanning: ExecutorPlanning<'command'> = {
  name: 'command',
  version: COMMAND_VERSION,
  kinds: ['command'],
  commands: argvList,
};

interface About {
  spec: Spec;
  sync: Sync;
}

type When = 'before' | 'after' | 'on-failure';

/** Puts the user's commands around the steps of a sync: `before` first, `after` last, `on-failure` watching them all. */
export function withHooks(about: About, steps: readonly Step[]): Step[] {
  const { before, after, onFailure } = about.sync;
  const first = chain(about, 'before', before, []);
  const start = first.at(-1);
  const middle = steps.map((step, index) =>
    index === 0 && start !== undefined ? { ...step, dependsOn: [...step.dependsOn, start.id] } : step,
  );
  const end = middle.at(-1);
  const last = chain(about, 'after', after, end === undefined ? [] : [end.id]);
  const watched = [...first, ...middle, ...last];
  const alarms = chain(
    about,
    'on-failure',
    onFailure,
    watched.map((step) => step.id),
  );
  return [...watched, ...alarms];
}

/** The `on-failure` commands of a sync that a run owes which died. Nothing has to succeed before them. */
export function owedCommands(about: About, run: string): Step[] {
  const reason = `run ${run} died before it could run it`;
  return chain(about, 'on-failure', about.sync.onFailure, []).map((step) => ({ ...step, runsOn: 'success', reason }));
}

function chain(about: About, when: When, commands: readonly HookCommand[], dependsOn: string[]): Step[] {
  let previous = dependsOn;
  return commands.map((command, index) => {
    const step = hookStep(about, when, command, index + 1, previous);
    if (when !== 'on-failure') previous = [step.id];
    return step;
  });
}

const REASONS: Record<When, string> = {
  before: 'the spec wants it before the sync',
  after: 'the spec wants it after a success',
  'on-failure': 'the spec wants it when the sync failed',
};

function hookStep(about: About, when: When, command: HookCommand, number: number, dependsOn: string[]): Step {
  const { spec, sync } = about;
  const volume = command.onVolume === null ? undefined : spec.volumes[command.onVolume];
  return plannedStep({
    id: `${when}:${sync.name}:${number}`,
    kind: 'command',
    executor: { name: 'command', version: COMMAND_VERSION },
    sync: sync.name,
    host: volume === undefined ? LOCAL_HOST : volume.host,
    action: 'run',
    summary: `run ${command.argv[0] ?? ''}`,
    reason: REASONS[when],
    dependsOn,
    runsOn: when === 'on-failure' ? 'failure' : 'success',
    commands: [command.argv],
    params: { commands: [command.argv] },
  });
}
