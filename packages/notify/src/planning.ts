import {
  plannedStep,
  type ExecutorPlanning,
  type Finding,
  type PlannedSteps,
  type RunPlanning,
  type Step,
} from 'nbkp/executor';
import { allCommands, hearsChanges, messagesOf, notifyParams, type NotifyParams } from './commands.ts';
import { credentialsOf, SCHEMA, targetsOf, type Target } from './settings.ts';

declare module 'nbkp/executor' {
  interface PluginNames {
    notify: unknown;
  }
}

const NAME = 'notify';
const VERSION = '1.0.0';

export const planning: ExecutorPlanning = {
  name: NAME,
  version: VERSION,
  kinds: ['notify'],
  settings: { spec: SCHEMA },
  planRun,
  credentials: ({ settings }) => targetsOf(settings[NAME] ?? null).flatMap(credentialsOf),
  commands: (params) => allCommands(notifyParams(params)),
};

/** Nobody hears of a run that has nothing to do, unless something is overdue. */
function planRun({ settings, syncs, steps }: RunPlanning): PlannedSteps {
  const overdue = syncs.filter((sync) => sync.overdue).map(({ name }) => name);
  if (steps.length === 0 && overdue.length === 0) return { steps: [], findings: [] };
  const targets = targetsOf(settings).map((target, index) => ({ target, number: index + 1 }));
  const lost = targets.filter(({ target }) => !isAddressed(target));
  const told = targets.filter(({ target }) => isAddressed(target));
  const atStart = steps.length === 0 ? [] : told.filter(({ target }) => target.on.includes('start'));
  return {
    steps: [
      ...atStart.map(({ target, number }) => step({ at: 'start', target, overdue: [] }, number)),
      ...told.flatMap(({ target, number }) => {
        const params: NotifyParams = { at: 'end', target, overdue };
        return messagesOf(params).length === 0 ? [] : [step(params, number)];
      }),
    ],
    findings: lost.map(({ target, number }) => unaddressed(target, number)),
  };
}

function isAddressed(target: Target): boolean {
  if (target.kind === 'mail') return target.to !== '';
  return target.kind === 'desktop' || (target.url === null) !== (target.urlId === null);
}

function unaddressed({ kind }: Target, number: number): Finding {
  return {
    severity: 'warning',
    code: 'notify-no-address',
    message: `Number ${number} of [notify] to (${kind}) has no address, or two: nobody is told there.`,
    help: kind === 'mail' ? 'Give it to = "ADDRESS".' : 'Give it either url or url-id.',
  };
}

function step(params: NotifyParams, number: number): Step {
  const { at, target } = params;
  const secrets = credentialsOf(target);
  return plannedStep({
    id: `notify:${at}-${number}`,
    kind: 'notify',
    executor: { name: NAME, version: VERSION },
    host: 'local',
    action: 'run',
    summary:
      at === 'start' ? `tell ${whom(target)} that it begins` : `tell ${whom(target)} how it went${withReport(target)}`,
    reason:
      at === 'start'
        ? 'on start'
        : `on ${target.on.filter((occasion) => occasion !== 'start').join(', ')}${hearsChanges(target) ? '; only what has changed' : ''}`,
    runsOn: at === 'start' ? 'success' : 'end',
    commands: allCommands(params),
    ...(secrets.length === 0 ? {} : { secrets }),
    params: { ...params, target: { ...target } },
  });
}

function withReport(target: Target): string {
  return target.kind === 'mail' && target.report ? ', with the report' : '';
}

function whom(target: Target): string {
  if (target.kind === 'desktop') return 'the desktop';
  if (target.kind === 'mail') return target.to;
  if (target.url === null) return `${target.kind} (the address is the credential ${target.urlId ?? ''})`;
  return `${target.kind} at ${new URL(target.url).host}`;
}
