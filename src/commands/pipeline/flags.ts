import * as Flags from '@oclif/core/flags';
import { DEFAULT_PARALLEL } from '../../planner/model/parallel.ts';
import { parseDuration } from '../../planner/model/units.ts';
import { UsageError } from '../../api/usage-error.ts';
import { specFlag } from '../base.ts';

/** Given several times, or with commas between. */
export const LIST = { multiple: true, multipleNonGreedy: true, delimiter: ',' } as const;

const LOCATION = {
  ...LIST,
  helpValue: 'WORD',
  summary: 'Prefer SSH endpoints of this location.',
} as const;
const EXCLUDED = { ...LOCATION, summary: 'Use no SSH endpoint of it.' } as const;
const NETWORK = {
  options: ['private', 'public'] as const,
  summary: 'Prefer SSH endpoints with such addresses.',
} as const;

/** Which endpoints of servers a command uses. */
export const reachFlags = {
  location: Flags.string({ ...LOCATION, char: 'l' }),
  'exclude-location': Flags.string({ ...EXCLUDED, char: 'L' }),
  network: Flags.option({ ...NETWORK, char: 'N' })(),
};

/** Of a command to which `-l` means something else. */
export const plainLocationFlag = Flags.string(LOCATION);

/** Which syncs a command is about. */
export const selectionFlags = {
  spec: specFlag,
  only: Flags.string({
    char: 's',
    ...LIST,
    helpValue: 'SYNC',
    summary: 'Only this sync, or VOLUME: for all that touch a volume.',
  }),
  exclude: Flags.string({
    ...LIST,
    helpValue: 'SYNC',
    summary: 'Not this sync, or VOLUME: as for --only.',
  }),
  ...reachFlags,
};

/** Flags of every command that makes a plan of the spec's syncs. */
export const planningFlags = {
  ...selectionFlags,
  strict: Flags.boolean({ summary: 'A skipped sync is an error (exit code 4).' }),
  require: Flags.string({
    ...LIST,
    helpValue: 'VOLUME',
    summary: 'Exit code 4 when this volume is not there.',
  }),
  'keep-mounted': Flags.boolean({ summary: 'Leave drives open that the run has unlocked and mounted.' }),
  mount: Flags.boolean({
    default: true,
    allowNo: true,
    exclusive: ['keep-mounted'],
    summary: 'Unlock and mount drives that syncs need: the default.',
  }),
  'ignore-conditions': Flags.boolean({ summary: 'On battery, and on a metered network, too, whatever [policy] says.' }),
  prune: Flags.boolean({
    default: true,
    allowNo: true,
    summary: 'Prune snapshots that retention no longer holds: the default.',
  }),
};

const PROGRESS = ['none', 'overall', 'files', 'full'] as const;

/** Flags of every command that runs a plan. */
export const runningFlags = {
  parallel: Flags.integer({
    min: 1,
    helpValue: 'N',
    summary: `Steps at once, where they share no drive that rotates or cross a network. Without it policy.parallel, else ${DEFAULT_PARALLEL.here}, or ${DEFAULT_PARALLEL.servers} with servers.`,
  }),
  events: Flags.string({
    helpValue: 'FILE',
    summary: "Append the run's events to a file, one JSON document per line.",
  }),
  progress: Flags.option({
    options: PROGRESS,
    default: 'overall' as const,
    summary:
      'What is shown meanwhile: nothing, how far each sync is, a line for each copied file, or both; on a terminal the files stay above what is under way.',
  })(),
  'keep-awake': Flags.boolean({ summary: 'Keep the machine from going to sleep meanwhile (systemd-inhibit).' }),
  wait: Flags.string({
    helpValue: 'DURATION',
    summary: "Wait so long for another run's lock, such as 10m. Without it: not at all.",
  }),
  'allow-destructive': Flags.boolean({ summary: 'Let the guards pass: read what the plan deletes first.' }),
};

/** Of commands that look at what is on drives. */
export const openFlag = {
  mount: Flags.boolean({
    summary: 'Unlock and mount drives that are plugged in and closed, and close them again afterwards.',
  }),
};

/** What `openFlag` means for the spec: a command of it runs only where drives may be opened. */
export function lookUse({ mount }: { mount: boolean }): 'look' | 'run' {
  return mount ? 'run' : 'look';
}

export const allFlag = Flags.boolean({ summary: 'Fold no long list.' });

export const yesFlag = Flags.boolean({ char: 'y', summary: 'Do not ask.' });

/**
 * A duration such as `10m`, in milliseconds; 0 for none.
 *
 * @throws UsageError
 */
export function waitMs(duration: string | undefined): number {
  return duration === undefined ? 0 : durationMs('wait', duration);
}

/**
 * The value of a flag as milliseconds.
 *
 * @param or what else it may be
 * @throws UsageError
 */
export function durationMs(flag: string, duration: string, or = ''): number {
  if (!/^\d+[smhdw]$/.test(duration)) {
    const help = `Write a number and a unit: 30s, 10m, 2h, 7d${or === '' ? '' : `; ${or}`}.`;
    throw new UsageError(`--${flag} ${duration} is not a duration.`, help);
  }
  return parseDuration(duration);
}
