import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { manySyncs } from './support/many.ts';
import { NBKP, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { milliseconds } from './support/statistics.ts';

const SYNCS = 10;
/** What two unused plugins may cost, as a ratio to none. */
const LIMIT = 1.03;
const COMMANDS = [['executors', '--help'], ['plan']];

/** What plugins cost that are installed and that the spec does not name: the two arms take turns, run by run. */
export async function plugins({ scratch, quick }: Bench): Promise<void> {
  const path = scratch.folder('plugins');
  mkdirSync(join(path, 'drive'));
  for (let index = 0; index < SYNCS; index++) mkdirSync(join(path, 'source', `s${index}`), { recursive: true });
  const world = new World(path, manySyncs(SYNCS, join(path, 'source'), join(path, 'drive')));
  await world.nbkp(['prepare', '--yes']);
  const [none, two] = ['none', 'two'].map((name) => join(path, name));
  if (none === undefined || two === undefined) throw new Error('there are two arms');
  installed(none, []);
  installed(two, ['first', 'second']);
  const rows: string[][] = [];
  for (const words of COMMANDS) {
    progress(`plugins: nbkp ${words.join(' ')}`);
    const times = await inTurns(world, words, [none, two], quick ? 4 : 150);
    const [without, withTwo] = [undisturbed(times[0]), undisturbed(times[1])];
    const ratio = withTwo / without;
    const name = `nbkp ${words.join(' ')}`;
    rows.push([name, milliseconds(without), milliseconds(withTwo), ratio.toFixed(3), target(ratio, LIMIT)]);
  }
  table('Plugins: two installed and unused, against none', ['command', 'none', 'two', 'two ÷ none', 'target'], rows);
}

/** The lower quartile: what else the machine does makes runs longer, and never shorter. */
function undisturbed(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 2] ?? NaN;
}

/** Milliseconds of each run: the arms alternate, and so does which of them is first. */
async function inTurns(
  world: World,
  words: string[],
  dataHomes: [string, string],
  pairs: number,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  const once = async (arm: 0 | 1): Promise<number> => {
    const start = performance.now();
    await run([...NBKP, ...words], {
      cwd: world.path,
      env: { ...world.env, XDG_DATA_HOME: dataHomes[arm] },
      quiet: true,
    });
    return performance.now() - start;
  };
  for (const arm of [0, 1, 0, 1] as const) await once(arm);
  for (let pair = 0; pair < pairs; pair++) {
    for (const arm of pair % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) times[arm].push(await once(arm));
  }
  return times;
}

/** As `nbkp plugins install` leaves them. */
function installed(dataHome: string, names: string[]): void {
  const data = join(dataHome, 'nbkp');
  mkdirSync(data, { recursive: true });
  if (names.length === 0) return;
  const plugins = names.map((name) => ({ name: `nbkp-executor-${name}`, type: 'user' }));
  writeFileSync(join(data, 'package.json'), JSON.stringify({ private: true, oclif: { schema: 1, plugins } }));
  for (const name of names) {
    const root = join(data, 'node_modules', `nbkp-executor-${name}`);
    mkdirSync(root, { recursive: true });
    const hooks = { 'nbkp:executors': './index.js' };
    const content = { name: `nbkp-executor-${name}`, version: '1.0.0', nbkp: { executors: [name] }, oclif: { hooks } };
    writeFileSync(join(root, 'package.json'), JSON.stringify(content));
    writeFileSync(join(root, 'index.js'), 'module.exports = () => [];\n');
  }
}
