import { identitiesIn } from '../../planner/kinds/create/commands.ts';
import { snapshotPlaceholder } from '../../planner/model/step.ts';
import type { Plan } from '../../planner/model/plan.ts';
import type { ExitCode } from '../../planner/model/exit-code.ts';
import { placesOf, type Places } from './checks.ts';
import { CHECKS_FUNCTIONS } from './checks-functions.ts';
import { groupsOf, lockFunctions, presenceFunction, type Group } from './lock.ts';
import { FOLDER_FUNCTIONS } from './folder-functions.ts';
import { HOLD_FUNCTIONS, LOCKS_FUNCTIONS } from './locks-functions.ts';
import { LOSS_FUNCTIONS } from './loss-functions.ts';
import { NAMING_FUNCTIONS } from './naming-functions.ts';
import { PROCESS_FUNCTIONS } from './process-functions.ts';
import { MAIN_FUNCTIONS } from './main-functions.ts';
import { stepFunctions } from './step.ts';
import { STEPS_FUNCTIONS } from './steps-functions.ts';
import { TIMES_FUNCTIONS } from './times-functions.ts';
import { TRANSFER_FUNCTIONS } from './transfer-functions.ts';
import { comments, scriptWord, variable } from './words.ts';

/**
 * What every script has before its steps, whatever its plan.
 *
 * @internal for its tests
 */
export const SCRIPT_FUNCTIONS = [
  PROCESS_FUNCTIONS,
  CHECKS_FUNCTIONS,
  HOLD_FUNCTIONS,
  LOCKS_FUNCTIONS,
  STEPS_FUNCTIONS,
  'at_target() { "$@"; }\n',
  FOLDER_FUNCTIONS,
  TIMES_FUNCTIONS,
  TRANSFER_FUNCTIONS,
  NAMING_FUNCTIONS,
  LOSS_FUNCTIONS,
].join('\n');

/**
 * A plan as one bash script (3.2 or newer) that does what `apply` would: the same commands in the same order, the same
 * guards, locks, failure rules and exit codes. It needs no nbkp, and keeps no history.
 *
 * @param plan one for which `scriptObstacles` finds nothing
 * @param planCode what the plan alone means for the exit code
 */
export function planScript(plan: Plan, planCode: ExitCode): string {
  const places = placesOf(plan);
  const { groups, groupOf } = groupsOf(plan);
  const parts = [
    header(plan),
    settings(plan, planCode),
    SCRIPT_FUNCTIONS,
    '# ---- The plan '.padEnd(118, '-'),
    ...plan.steps.map((step, index) => comments(stepFunctions(step, index, places)).join('\n')),
    ...groups.map((group) => groupText(group, plan, places)),
    MAIN_FUNCTIONS,
    mainFunction(plan, groups, groupOf),
  ];
  return `${parts.join('\n')}\n`;
}

function groupText(group: Group, plan: Plan, places: Places): string {
  const title = `# ${group.sync ?? 'a step of no sync'}: whether its volumes are here, and its locks`;
  return comments([title, ...presenceFunction(group, plan, places), ...lockFunctions(group, plan), '']).join('\n');
}

function header(plan: Plan): string {
  const lines = [
    '#!/usr/bin/env bash',
    `# ${plan.purpose} plan of ${plan.spec.path}, made by nbkp ${plan.tool.version} at ${plan.createdAt}`,
    `# on ${plan.machine.hostname} by ${plan.machine.user}. Plan ${plan.id}`,
    '#',
    `# Steps, in this order: ${plan.steps.map(({ id }) => id).join(', ')}`,
    '#',
    '# It does what `nbkp apply` would do with this plan, without nbkp, and keeps no journal and no history. It refuses to',
    '# begin (3) when something that the plan relied on has changed. --dry-run changes nothing and shows what would be done.',
    '# Exit codes: 0 done, 1 a step failed, 3 refused, 4 something overdue is absent, 64 usage, 75 another run holds a lock,',
    '# 130 and 143 interrupted.',
    '#',
    '# Functions are called by number, and quoted words are meant as they are:',
    '# shellcheck disable=SC1003,SC2016,SC2034,SC2317',
  ];
  return comments(lines).join('\n');
}

function settings(plan: Plan, planCode: ExitCode): string {
  const names = new Set(plan.syncs.map(({ name }) => variable(snapshotPlaceholder(name))));
  const ids = identitiesIn(plan.steps.flatMap(({ commands }) => commands));
  return [
    '',
    'set -u',
    'export LC_ALL=C',
    'unset "${!RSYNC_@}" "${!NBKP_PASSPHRASE_@}"',
    `plan_code=${planCode}`,
    `allow_destructive=${plan.request.allowDestructive ? '1' : "''"}`,
    '# The names of the snapshots that are made.',
    ...[...names].map((name) => `${name}=NEW`),
    ...(ids.length === 0 ? [] : ['# Ids of sources.', ...ids.map((id) => `${variable(id)}=NEW`)]),
    "dry_run=''",
    "verbose=''",
    "deadline=''",
    "work=''",
    'host=$(uname -n)',
    'started=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)',
    '',
  ].join('\n');
}

function mainFunction(plan: Plan, groups: readonly Group[], groupOf: readonly Group[]): string {
  const numbers = new Map(plan.steps.map(({ id }, index) => [id, index]));
  const needs = (index: number): number[] =>
    (plan.steps[index]?.dependsOn ?? []).flatMap((id) => numbers.get(id) ?? []);
  const steps = plan.steps.flatMap((step, index) => {
    const group = groupOf[index];
    const call = ['  step', index, group?.number ?? 0, scriptWord(step.id), step.runsOn, ...needs(index)].join(' ');
    return group?.steps.at(-1) === index ? [call, `  settle ${group.number}`] : [call];
  });
  const present = groups.map(({ number, sync }) => {
    const overdue = plan.syncs.find(({ name }) => name === sync)?.overdue === true ? ' overdue' : '';
    return `  is_here_${number} || absent ${number} ${scriptWord(sync ?? '')}${overdue}`;
  });
  const checks = plan.steps.map((_, index) => {
    const others = new Set(needs(index).flatMap((needed) => groupOf[needed]?.number ?? []));
    others.delete(groupOf[index]?.number ?? -1);
    return `  still ${[index, groupOf[index]?.number ?? 0, ...others].join(' ')}`;
  });
  const shows = plan.steps.map((step, index) => {
    const kind = step.kind === 'transfer' && step.deferred === undefined ? 'transfer preview' : step.kind;
    return `  show ${index} ${groupOf[index]?.number ?? 0} ${scriptWord(step.id)} ${kind}`;
  });
  return main(scriptWord(plan.machine.hostname), scriptWord(plan.machine.user), { present, checks, shows, steps });
}

function main(
  hostname: string,
  user: string,
  { present, checks, shows, steps }: Record<'present' | 'checks' | 'shows' | 'steps', string[]>,
): string {
  return `dry() {
  dry_run=1
${shows.join('\n') || '  :'}
  exit "$(exit_code)"
}

main() {
  case \${1:-} in
    '' | --dry-run | -n) ;;
    *)
      warn "Usage: $0 [--dry-run]"
      exit 64
      ;;
  esac
  [ "$host" = ${hostname} ] || refuse 'The plan was made on another machine.'
  [ "$(id -un)" = ${user} ] || refuse 'The plan was made by another user.'
${[...present, ...checks].join('\n') || '  :'}
  work=$(mktemp -d "\${TMPDIR:-/tmp}/nbkp-XXXXXX") || exit 1
  trap 'rm -rf "$work"' EXIT
  trap 'on_signal 130' INT
  trap 'on_signal 143' TERM HUP
  if [ -n "\${1:-}" ]; then dry; fi
${steps.join('\n') || '  :'}
  exit "$(exit_code)"
}

main "$@"`;
}
