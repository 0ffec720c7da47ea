import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../../src/planner/file-systems/names.ts';
import { FILE_SYSTEMS } from '../../../../src/planner/file-systems/table.ts';
import { transferCommands } from '../../../../src/planner/kinds/rsync/argv.ts';
import { transferParams } from '../../../../src/planner/kinds/rsync/params.ts';
import { rsyncPlanning } from '../../../../src/planner/kinds/rsync/planning.ts';
import type { Json } from '../../../../src/planner/model/json.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { planExitCode } from '../../../../src/planner/model/exit-code.ts';
import { MAIN_FUNCTIONS } from '../../../../src/reporters/sh/main-functions.ts';
import { scriptObstacles } from '../../../../src/reporters/sh/obstacles.ts';
import { planScript, SCRIPT_FUNCTIONS } from '../../../../src/reporters/sh/script.ts';
import { scriptWord } from '../../../../src/reporters/sh/words.ts';

const SCENARIOS = join(import.meta.dirname, '../../../golden/scenarios');
const GOLDEN = join(import.meta.dirname, '../../../golden/reporters/sh');
const NAMES = ['btrfs', 'chain', 'disabled-and-hooks', 'first-run', 'max-delete', 'resume', 'second-run-prunes'];

function planOf(name: string): Plan {
  return JSON.parse(readFileSync(join(SCENARIOS, name, 'plan.json'), 'utf8')) as Plan;
}

function scriptOf(plan: Plan): string {
  return planScript(plan, planExitCode(plan, { strict: false, requiredAbsent: [], unprepared: true, detailed: false }));
}

/** What bash 3.2, the bash of macOS, does not have (bash's NEWS for 4.0 to 5.3). */
const TOO_NEW: Readonly<Record<string, RegExp>> = {
  'associative arrays': /\b(?:declare|local|typeset) -[a-z]*A/,
  'name references': /\b(?:declare|local|typeset) -[a-z]*n/,
  'mapfile and readarray': /\b(?:mapfile|readarray)\b/,
  'case modification': /\$\{\w+(?:\[[^\]]*\])?(?:,,?|\^\^?)\}/,
  transformations: /\$\{\w+(?:\[[^\]]*\])?@[A-Za-z]\}/,
  'negative indexes': /\[-\d+\]/,
  'descriptors in variables': /\{\w+\}[<>]/,
  '&>> and |&': /&>>|\|&/,
  'coproc and wait -n': /\bcoproc\b|\bwait -n\b/,
  'test -v': /\[\[? -v /,
  'falling through in case': /;;?&/,
  'printf of times': /%\(/,
  'EPOCHSECONDS and BASHPID': /\b(?:EPOCH(?:SECONDS|REALTIME)|BASHPID|SRANDOM)\b/,
  'waiting for process substitutions': /[<>]\(/,
  'globstar and lastpipe': /\bshopt -s (?:globstar|lastpipe)/,
};

/** Words of the plan and awk programs are no bash. */
const withoutQuoted = (script: string): string => script.replace(/^\s*#.*$/gm, '').replace(/'[^']*'/g, "''");

/** What all scripts have in common is in golden files of its own. */
const COMMON = { 'functions.sh': SCRIPT_FUNCTIONS, 'main-functions.sh': MAIN_FUNCTIONS };

/** The script with a line in place of each common part, which it has to hold once. */
function ownPart(script: string): string {
  return Object.entries(COMMON).reduce((text, [file, part]) => {
    const around = text.split(`\n${part}\n`);
    expect(around, `what is around ${file}`).toHaveLength(2);
    return around.join(`\n#### ${file} ####\n`);
  }, script);
}

it.each(Object.entries(COMMON))('what all scripts have is as in its golden file: %s', async (file, part) => {
  await expect(`${part}\n`).toMatchFileSnapshot(join(GOLDEN, file));
});

describe.each(NAMES)('the script of the plan "%s"', (name) => {
  const script = scriptOf(planOf(name));

  it('is as in its golden file', async () => {
    await expect(ownPart(script)).toMatchFileSnapshot(join(GOLDEN, `${name}.sh`));
  });

  it('is one that bash can read, and holds nothing that bash 3.2 does not know', () => {
    expect(spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('');
    const found = Object.entries(TOO_NEW).filter(([, construct]) => construct.test(withoutQuoted(script)));
    expect(found.map(([what]) => what)).toEqual([]);
  });

  const missing = spawnSync('shellcheck', ['--version']).error === undefined ? '' : ' (skipped: shellcheck is missing)';
  it.skipIf(missing !== '')(`is clean to shellcheck${missing}`, () => {
    expect(spawnSync('shellcheck', ['-s', 'bash', '-'], { input: script, encoding: 'utf8' }).stdout).toBe('');
  });

  it('holds every command of the plan once, and every check', () => {
    const plan = planOf(name);
    for (const step of plan.steps) {
      const { preconditions } = step;
      // A script has rsync make each link, and copies what was renamed.
      const { linksAtOnce: _, renames, movesInPlace: __, ...plain } = step.params as Record<string, Json>;
      const commands = renames === true ? rsyncPlanning.commands(plain) : step.commands;
      // It fails where a file cannot have more names.
      const isCopy = step.kind === 'transfer' && step.executor.name === 'rsync';
      const apart = isCopy ? transferCommands(transferParams(step.params)).apart : null;
      const more = [apart?.firstPass, apart?.secondPass, ...(apart?.unlink ?? [])].map((argv) => JSON.stringify(argv));
      const expected = commands.filter((argv) => !more.includes(JSON.stringify(argv)));
      const lines = expected.map((argv) => argv.map(scriptWord).join(' '));
      expect(lines.filter((line) => !script.includes(line))).toEqual([]);
      for (const { description } of preconditions) expect(script).toContain(scriptWord(description));
    }
  });
});

describe('a word of a script', () => {
  it.each(["it's", '$HOME `id` $(id)', 'a\nb\u001b[2J', '*', '', '-', 'a=b', 'ä\u202e', '!x', '\\', '#', '~'])(
    'is just the text %j',
    (word) => {
      const { stdout } = spawnSync('bash', ['-c', `printf %s ${scriptWord(word)}`], { encoding: 'utf8' });
      expect(stdout).toBe(word);
    },
  );

  it('has the values of placeholders within it', () => {
    const word = scriptWord("/it's/.partial-{snapshot:my-photos}/x");
    const { stdout } = spawnSync('bash', ['-c', `snapshot_my_photos='a b'; printf %s ${word}`], { encoding: 'utf8' });
    expect(stdout).toBe("/it's/.partial-a b/x");
  });
});

describe('a plan that a script cannot carry out', () => {
  const plan = planOf('first-run');
  const withStep = (change: Partial<Plan['steps'][number]>): Plan => ({
    ...plan,
    steps: [{ ...plan.steps[0]!, ...change }, ...plan.steps.slice(1)],
  });

  const FAT = { outcome: 'fail', title: 'FAT', limits: { ...limitsOf(FILE_SYSTEMS.vfat) } };
  const withTransfer = (more: Record<string, Json>): Plan => ({
    ...plan,
    steps: plan.steps.map((step) =>
      step.id === 'transfer:documents'
        ? { ...step, params: { ...(step.params as Record<string, Json>), ...more } }
        : step,
    ),
  });

  it.each<[string, Plan, RegExp]>([
    ['a step elsewhere', withStep({ host: 'pi' }), /runs on pi, not on this machine/],
    ['a kind that it does not know', withStep({ kind: 'mount' }), /is a step of kind mount/],
    ['an executor of a plugin', withStep({ executor: { name: 'rclone', version: '1' } }), /executor rclone/],
    ['a place known only later', withStep({ commands: [['rsync', '{mount:usb}/x']] }), /has to be mounted first/],
    ['a name that is not UTF-8', withStep({ commands: [['rsync', '/\uFFFD']] }), /bytes that are not UTF-8/],
    [
      'a fact that it cannot look at',
      withStep({ preconditions: [{ fact: '/x/y', check: 'equals', value: 1, description: 'the x of y' }] }),
      /relies on the x of y, which a script cannot check/,
    ],
    [
      'a place that cannot hold every name',
      withTransfer({ unholdable: FAT }),
      /has a destination on FAT, which cannot/,
    ],
    ['no facts of this moment', { ...plan, applyable: false }, /not made from what is there now/],
  ])('has %s, and is refused with what it is', (_, refused, why) => {
    expect(scriptObstacles(plan)).toEqual([]);
    expect(scriptObstacles(refused)).toMatchObject([
      { code: 'script-not-possible', message: expect.stringMatching(why) as string },
    ]);
  });
});

it('puts no line feed of a name into a comment', () => {
  const plan = planOf('first-run');
  const script = scriptOf({ ...plan, spec: { ...plan.spec, path: 'x\nrm -rf /\r\u2028' } });
  expect(script).not.toMatch(/^rm -rf/m);
});
