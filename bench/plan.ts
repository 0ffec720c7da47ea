import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { manySyncs } from './support/many.ts';
import { withMemory, World } from './support/nbkp.ts';
import { plainEnvironment } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

/** So many times as long ten times as many syncs may take. */
const TENFOLD = 7;
const MOST_MIB = 500;

/** Milliseconds. */
export interface PlannerTimes {
  /** Spec to meaning. */
  read: number;
  /** Spec and facts to plan, its id included. */
  build: number;
  /** Plan to what a person reads. */
  text: number;
  total: number;
}

interface Sample {
  times: PlannerTimes;
  peakMiB: number;
}

/** How planning grows with the number of syncs: the planner alone, and the whole command with real folders. */
export async function plan(bench: Bench): Promise<void> {
  const sizes = bench.quick ? [10, 100] : [10, 100, 1_000, 10_000];
  await plannerAlone(bench, sizes);
  await wholeCommand(bench, sizes);
}

async function plannerAlone({ scratch, quick }: Bench, sizes: readonly number[]): Promise<void> {
  progress('plan: the planner alone');
  const cwd = scratch.folder('plan');
  const script = join(process.cwd(), '.cache', 'bench', 'planner.cjs');
  const samples = new Map<number, Sample[]>(sizes.map((size) => [size, []]));
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    for (const [size, taken] of samples) {
      const { stdout, peakMiB } = await withMemory([process.execPath, script, String(size)], {
        ...{ cwd, env: plainEnvironment() },
      });
      taken.push({ times: JSON.parse(stdout) as PlannerTimes, peakMiB });
    }
  }
  const part = (size: number, key: keyof PlannerTimes): number[] =>
    (samples.get(size) ?? []).map(({ times }) => times[key]);
  table(
    'Plan: the planner alone (read the spec, build the plan, print it), without facts from a machine',
    ['syncs', 'read', 'build', 'text', 'total', '× a tenth as many (range)', 'target', 'peak', 'target'],
    sizes.map((size) => [
      String(size),
      ...(['read', 'build', 'text', 'total'] as const).map((key) => milliseconds(median(part(size, key)))),
      ...growth(part(size, 'total'), part(size / 10, 'total')),
      ...memory(median((samples.get(size) ?? []).map(({ peakMiB }) => peakMiB))),
    ]),
  );
}

async function wholeCommand({ scratch, quick }: Bench, sizes: readonly number[]): Promise<void> {
  const samples = new Map<number, { ms: number[]; peakMiB: number[] }>();
  for (const size of sizes) {
    progress(`plan: nbkp plan --json with ${size} syncs`);
    const path = scratch.folder('plan', String(size));
    const world = preparedWorld(path, size);
    const taken = { ms: [] as number[], peakMiB: [] as number[] };
    for (let round = 0; round < (quick ? 1 : 5); round++) {
      const { ms, peakMiB } = await world.withMemory(['plan', '--json'], { quiet: true });
      taken.ms.push(ms);
      taken.peakMiB.push(peakMiB);
    }
    samples.set(size, taken);
    rmSync(path, { recursive: true });
  }
  table(
    'Plan: the whole command, nbkp plan --json, on prepared folders',
    ['syncs', 'median', '× a tenth as many (range)', 'target', 'peak', 'target'],
    [...samples].map(([size, { ms, peakMiB }]) => [
      String(size),
      milliseconds(median(ms)),
      ...growth(ms, samples.get(size / 10)?.ms ?? []),
      ...memory(median(peakMiB)),
    ]),
  );
}

/** The folders as `nbkp prepare` makes them, without running it on ten thousand syncs. */
function preparedWorld(path: string, size: number): World {
  const [source, drive] = [join(path, 'source'), join(path, 'drive')];
  for (const volume of [source, drive]) {
    mkdirSync(volume);
    writeFileSync(join(volume, '.nbkp-vol'), '');
  }
  for (let index = 0; index < size; index++) {
    const [from, to] = [join(source, `s${index}`), join(drive, `s${index}`)];
    mkdirSync(from);
    writeFileSync(join(from, '.nbkp-src'), '');
    writeFileSync(join(from, 'file'), '');
    mkdirSync(join(to, 'snapshots'), { recursive: true });
    writeFileSync(join(to, '.nbkp-dst'), '');
    symlinkSync('/dev/null', join(to, 'latest'));
  }
  return new World(path, manySyncs(size, source, drive));
}

function growth(values: readonly number[], tenth: readonly number[]): [string, string] {
  if (tenth.length === 0) return ['', ''];
  const compared = ratios(values, tenth);
  return [spread(compared, 1), target(median(compared), TENFOLD)];
}

function memory(peakMiB: number): [string, string] {
  return [`${Math.round(peakMiB)} MiB`, target(peakMiB, MOST_MIB)];
}
