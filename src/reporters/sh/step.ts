import {
  judgeCommands,
  transferCommands,
  previewCommand,
  writesInPlace,
  type TransferCommands,
} from '../../planner/kinds/rsync/argv.ts';
import { transferParams, type TransferParams } from '../../planner/kinds/rsync/params.ts';
import { isMove, pruneBatches } from '../../planner/kinds/prune/batches.ts';
import { pruneParams, type PruneParams } from '../../planner/kinds/prune/planning.ts';
import { markCommand, snapshotParams } from '../../planner/kinds/snapshot/common.ts';
import { identitiesIn } from '../../planner/kinds/create/commands.ts';
import { snapshotPlaceholder, successPlaceholder, type Step } from '../../planner/model/step.ts';
import { checkCommand, type Places } from './checks.ts';
import { scriptWord, scriptWords, variable } from './words.ts';

/** The functions of one step: what it checks, its exact commands, and how it goes about them. */
export function stepFunctions(step: Step, number: number, places: Places): string[] {
  return [`# ${step.id}: ${step.summary}`, ...checkFunction(step, number, places), ...bodyOf(step, number), ''];
}

/** `lost` asks again when a transfer has made use of free space, and has renamed what an interrupted one had left. */
function checkFunction({ preconditions }: Step, number: number, places: Places): string[] {
  const lines = preconditions.map((precondition) => {
    const command = `${checkCommand(precondition, places) ?? 'false'} || return 1`;
    const still = precondition.check === 'equals' && precondition.onlyBefore !== true;
    return still ? `  ${command}` : `  [ "$1" = lost ] || ${command}`;
  });
  return [`check_${number}() {`, ...lines, '  :', '}'];
}

function bodyOf(step: Step, number: number): string[] {
  switch (step.kind) {
    case 'transfer':
      return transferFunctions(step, number);
    case 'snapshot':
    case 'prune':
      return historyFunctions(step, number);
    case 'create':
      return [`step_${number}() {`, ...valuesOf(step), ...inOrder(step.commands), '}'];
    case 'record':
      return [`step_${number}() {`, ...valuesOf(step), ...inOrder(step.commands, '  ', 'unnoted'), '}'];
    default:
      return [`step_${number}() {`, ...inOrder(step.commands), '}'];
  }
}

/** Ids of sources and the time of a success are known when the step runs. */
function valuesOf({ commands, sync = '' }: Step): string[] {
  const ids = identitiesIn(commands).map((name) => {
    const id = variable(name);
    return `  [ "$${id}" != NEW ] || IFS= read -r ${id} </proc/sys/kernel/random/uuid || return 1`;
  });
  const time = successPlaceholder(sync);
  const isNoted = commands.flat().some((word) => word.includes(time));
  return isNoted ? [...ids, `  ${variable(time)}=$(date -u +%Y-%m-%dT%H:%M:%S.000Z)`] : ids;
}

function inOrder(commands: readonly (readonly string[])[], indent = '  ', otherwise = 'return 1'): string[] {
  return [...commands.map((argv) => `${indent}run ${scriptWords(argv)} || ${otherwise}`), `${indent}:`];
}

function transferFunctions(step: Step, number: number): string[] {
  // A script has rsync make each link and copies what was renamed: it needs no perl, and shows each command in full.
  const { renames: _, movesInPlace: __, byList: ___, datesMoves: ____, ...params } = transferParams(step.params);
  const commands = transferCommands(params);
  const folder = params.makesSnapshot ? scriptWord(snapshotsOf(params)) : "''";
  const name = params.makesSnapshot ? variable(snapshotPlaceholder(params.sync)) : "''";
  return [
    `commands_${number}() {`,
    '  case $1 in',
    ...commandCases(params, commands),
    '  esac',
    '}',
    `step_${number}() {`,
    ...settings(params, commands).map(([key, value]) => `  ${key}=${value}`),
    `  "\${1:-transfer}" ${number} ${folder} ${name}`,
    '}',
  ];
}

function commandCases(params: TransferParams, commands: TransferCommands): string[] {
  const judges = params.compareWith !== null || writesInPlace(params);
  const compared = commands.comparison === null ? 'judge' : 'compare | judge';
  const one = (name: string, runner: string, argv: readonly string[] | null): string[] =>
    argv === null ? [] : [`    ${name}) ${runner} ${scriptWords(argv)} ;;`];
  const several = (name: string, list: string[][]): string[] => [
    `    ${name})`,
    ...inOrder(list, '      '),
    '      ;;',
  ];
  return [
    ...one('changed', 'supervise', commands.changeCheck),
    ...several('prepare', commands.prepare),
    ...one(compared, 'pass', judges ? judgeCommands(params).comparison : null),
    ...one('lacking', 'pass', commands.lacking),
    ...one('kinds', 'pass', commands.kinds),
    ...one('first', 'pass', commands.firstPass),
    ...one('list', 'pass', commands.listGone),
    ...one('second', 'pass', commands.secondPass),
    ...several('clean', commands.cleanUp),
    ...several('unlink', commands.unlink),
    ...one('last', 'pass', commands.lastPass),
    ...one('whole', 'pass', commands.sinceWhole),
    ...one('preview', 'supervise', previewCommand(params)),
  ];
}

function settings(params: TransferParams, commands: TransferCommands): [string, string][] {
  const { deletes, scratch, compareWith, compareSnapshot, lastWhole } = params;
  const flag = (on: boolean): string => (on ? '1' : "''");
  return [
    ['deletes', flag(deletes)],
    ['scratch', flag(scratch)],
    ['checks_changes', flag(commands.changeCheck !== null)],
    ['compares', flag(commands.comparison !== null)],
    ['in_place', flag(writesInPlace(params))],
    ['resumes', flag(params.resumes)],
    ['cleans_up', flag(commands.cleanUp.length > 0)],
    ['compare_with', compareWith === null ? "''" : scriptWord(compareWith)],
    ['previous', compareSnapshot === null ? "''" : scriptWord(compareSnapshot)],
    ['last_whole', lastWhole === undefined ? "''" : scriptWord(lastWhole)],
    ...limits(params, scriptWord),
  ];
}

type Limits = Pick<TransferParams, 'tolerate' | 'timeout' | 'maxDelete' | 'maxChange' | 'times'>;

/** What a transfer tolerates, may take, delete and change. @param word makes a word of the script of a text */
export function limits(params: Limits, word: (text: string) => string): [string, string][] {
  const { tolerate, timeout, maxDelete, maxChange, times } = params;
  return [
    ['tolerate', word(tolerate.join(' '))],
    ['timeout', timeout === null ? "''" : String(Math.ceil(timeout / 1000))],
    // Thousandths of a per cent: a shell has whole numbers only.
    ['max_percent', String(Math.round(maxDelete.percent * 1000))],
    ['max_files', maxDelete.files === null ? "''" : String(maxDelete.files)],
    ['max_change', maxChange === undefined ? "''" : String(Math.round(maxChange * 1000))],
    ...heldTimes(times, word),
  ];
}

/** What the script needs to tell which times the destination cannot hold. */
function heldTimes(times: TransferParams['times'], word: (text: string) => string): [string, string][] {
  if (times === undefined) return [['held_by', word('')]];
  return [
    ['held_by', word(times.title)],
    ['held_from', word(String(times.from))],
    ['held_to', word(String(times.to))],
  ];
}

/** A hard-link transfer writes there, a btrfs one beside it. */
function snapshotsOf({ target }: TransferParams): string {
  const at = target.lastIndexOf('/');
  const parent = target.slice(0, at);
  return parent.endsWith('/snapshots') ? parent : `${parent}/snapshots`;
}

function historyFunctions(step: Step, number: number): string[] {
  const params = pruneParams(step);
  const { sync, previous } = params ?? snapshotParams(step.params);
  const name = variable(snapshotPlaceholder(sync));
  const made = `"$${name}"`;
  const before = previous === null ? "''" : scriptWord(previous);
  const idle =
    step.kind === 'snapshot'
      ? `  if [ ${made} = ${before} ]; then return 10; fi`
      : `  if clock_behind ${made} ${before}; then return 10; fi`;
  const held = `  if [ -n "\${${name}_incomplete-}" ]; then not_pruned; return 10; fi`;
  const body = params === null ? nameIt(step, name) : [held, ...eachByItself(params)];
  return [`step_${number}() {`, idle, ...body, '}'];
}

/** A snapshot of less than all of the source is marked first. */
function nameIt({ commands, params }: Step, name: string): string[] {
  const mark = markCommand(snapshotParams(params));
  if (mark === null) return inOrder(commands);
  return [
    `  if [ -n "\${${name}_incomplete-}" ]; then run ${scriptWords(mark)} || return 1; fi`,
    ...inOrder(commands.slice(1)),
  ];
}

/** One snapshot that cannot be removed is no reason to keep the others: once several have a folder, each command does what it can. */
function eachByItself(params: PruneParams): string[] {
  const lines = pruneBatches(params).flatMap(({ removals, commands }) => {
    const runs = commands.map((argv) => `run ${scriptWords(argv)}`);
    if (removals.length === 1) return ['  {', `    ${runs.join(' &&\n      ')}`, '  } || result=1'];
    const moves = commands.findIndex(isMove);
    // What was not moved keeps its mark.
    const move = moves === -1 ? [] : [`{ ${runs.slice(moves, -1).join(' && ')}; }`];
    const attempts = moves === -1 ? runs.slice(1) : [...runs.slice(1, moves), ...move, ...runs.slice(-1)];
    const rest = attempts.map((each) => `    ${each} || result=1`);
    return [`  if ${runs[0] ?? ''}; then`, ...rest, '  else', '    result=1', '  fi'];
  });
  return ['  local result=0', ...lines, '  return "$result"'];
}
