import { previewCommand, transferCommands, writesInPlace } from '../../planner/kinds/rsync/argv.ts';
import { forgetPartialFiles } from '../../planner/kinds/rsync/clean-up.ts';
import { makePartial, takeOver } from '../../planner/kinds/hard-link/planning.ts';
import type { TransferParams } from '../../planner/kinds/rsync/params.ts';
import { nothingMounted } from '../../planner/mounts/mounted-within.ts';
import { limits } from '../sh/step.ts';
import { variable, word, words, wordsWhere } from './words.ts';

const ROOT = variable('root');
const OWN = `.partial-${variable('snapshot')}`;
const BASE = variable('base');
/** What stands for the way to a server in a plan. */
const SSH = /\{ssh:[^}]*\}/g;
const STAGING = `${ROOT}/staging`;

/**
 * The functions of a transfer: its commands, and how it is judged. What depends on what is there is decided when the script runs.
 *
 * @param planned as the planner would run it now
 */
export function transferFunctions(planned: TransferParams, mode: string, number: number): string[] {
  const snapshots = planned.makesSnapshot;
  const params = paramsOf(planned, mode);
  return [
    `commands_${number}() {`,
    '  case $1 in',
    ...commandCases(params),
    '  esac',
    '}',
    `check_${number}() { still; }`,
    `transfer_${number}() {`,
    ...settings(params).map(([key, value]) => `  ${key}=${value}`),
    `  "$1" "$number" ${snapshots ? '"$root/snapshots" snapshot' : "'' ''"}`,
    '}',
  ];
}

/** Modes write to a folder of their own, to the subvolume `staging`, or over the copy that is there. */
function paramsOf(
  {
    live: _,
    linksAtOnce: __,
    copiesAll: _______,
    renames: ___,
    movesInPlace: ____,
    byList: _____,
    lastWhole: ______,
    ...planned
  }: TransferParams,
  mode: string,
): TransferParams {
  const links = mode === 'hard-link';
  return {
    ...planned,
    source: variable('source'),
    target: targetOf(mode),
    linkDest: links ? BASE : null,
    compareWith: planned.makesSnapshot ? BASE : null,
    ...(links ? { lastWhole: variable('whole') } : {}),
    prepare: [],
    cleanUp: [],
    scratch: links,
    resumes: false,
  };
}

function targetOf(mode: string): string {
  if (mode === 'none') return ROOT;
  return mode === 'btrfs' ? STAGING : `${ROOT}/snapshots/${OWN}`;
}

function commandCases(params: TransferParams): string[] {
  const resumed = transferCommands({
    ...params,
    resumes: true,
    cleanUp: forgetPartialFiles(params.target),
  });
  const plain = transferCommands(params);
  const reach = (argv: readonly string[]): string[] => argv.map((text) => text.replaceAll(SSH, variable('rsh')));
  const linked = `--link-dest=${BASE}`;
  const withoutLink = (argv: readonly string[]): string[] => argv.filter((text) => text !== linked);
  const line = (argv: readonly string[] | null, fuller: readonly string[] | null): string | null =>
    fuller === null
      ? null
      : wordsWhere(reach(withoutLink(argv ?? fuller)), reach(fuller), (text) => (text === linked ? 'base' : 'resumes'));
  const one = (name: string, runner: string, argv: string[] | null, fuller: string[] | null): string[] => {
    const text = line(argv, fuller);
    return text === null ? [] : [`    ${name}) ${runner} ${text} ;;`];
  };
  const several = (name: string, list: string[][]): string[] => [
    `    ${name})`,
    ...inOrder(list, '      '),
    '      ;;',
  ];
  return [
    ...one('changed', 'supervise', plain.changeCheck, resumed.changeCheck),
    ...prepareCase(params),
    ...one('compare | judge', 'pass', plain.comparison, resumed.comparison),
    ...one('lacking', 'pass_at_target', plain.lacking, resumed.lacking),
    ...one('kinds', 'pass', plain.kinds, resumed.kinds),
    ...one('first', 'pass', plain.firstPass, resumed.firstPass),
    ...one('list', 'pass', plain.listGone, resumed.listGone),
    ...one('second', 'pass', plain.secondPass, resumed.secondPass),
    ...several('clean', resumed.cleanUp),
    ...several('unlink', resumed.unlink),
    ...one('last', 'pass', resumed.lastPass, resumed.lastPass),
    ...one('whole', 'pass', plain.sinceWhole, resumed.sinceWhole),
    `    preview) supervise ${words(reach(previewCommand({ ...params, compareWith: variable('preview_with') })))} ;;`,
  ];
}

function prepareCase({ makesSnapshot, scratch, target }: TransferParams): string[] {
  if (!makesSnapshot) return ['    prepare) ;;'];
  if (!scratch) return ['    prepare)', ...inOrder([nothingMounted(target)], '      '), '      ;;'];
  return [
    '    prepare)',
    '      if [ -z "$partial" ]; then',
    ...inOrder([makePartial(ROOT, OWN)], '        '),
    '      else',
    ...inOrder(takeOver(ROOT, variable('partial'), OWN), '        '),
    '      fi',
    '      ;;',
  ];
}

function settings(params: TransferParams): [string, string][] {
  const { deletes, scratch, maxChange, makesSnapshot, whenChanged } = params;
  const inPlace = writesInPlace(params);
  const flag = (on: boolean): string => (on ? '1' : "''");
  const compares = scratch && maxChange === undefined ? '${base:+$resumes}' : '${base:+1}';
  return [
    ['deletes', flag(deletes)],
    ['scratch', flag(scratch)],
    ['checks_changes', whenChanged && makesSnapshot ? '${base:+1}' : "''"],
    ['compares', inPlace ? '1' : compares],
    ['in_place', flag(inPlace)],
    ['cleans_up', '$resumes'],
    ['compare_with', makesSnapshot ? '$base' : "''"],
    ['last_whole', scratch ? '$whole' : "''"],
    ...limits(params, word),
  ];
}

/** Commands that run one after the other, as long as they succeed. */
export function inOrder(commands: readonly (readonly string[])[], indent = '  '): string[] {
  const lines = commands.map((argv) => `${indent}${callOf(argv)} || return 1`);
  return lines.length === 0 ? [`${indent}:`] : lines;
}

/** One program is in the script once, as a function. */
function callOf(argv: readonly string[]): string {
  const [program, flag, text] = nothingMounted();
  const isKnown = argv[0] === program && argv[1] === flag && argv[2] === text;
  return isKnown ? `at_target unmounted ${words(argv.slice(4))}` : `run_at_target ${words(argv)}`;
}
