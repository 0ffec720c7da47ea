import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { manySyncs } from './support/many.ts';
import { World } from './support/nbkp.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

const SYNCS = 1_000;
/** Comparing two specs may take as long as planning both. */
const LIMIT = 2;

/** Comparing two large specs of which a tenth differs, against planning one of them. */
export async function diff({ scratch, quick }: Bench): Promise<void> {
  const count = quick ? 50 : SYNCS;
  const path = scratch.folder('diff');
  const spec = manySyncs(count, '/home/ada', '/media/drive');
  const world = new World(path, spec);
  const changed = spec.replace(/(\[syncs\.s\d*0\]\n)/g, '$1rsync.checksum = true\n');
  writeFileSync(join(path, 'changed.toml'), changed, { mode: 0o644 });
  const arms = { plan: ['plan', '--offline', '--json'], diff: ['diff', 'nbkp.toml', 'changed.toml', '--json'] };
  const times = { plan: [] as number[], diff: [] as number[] };
  progress(`diff: ${count} syncs`);
  // The first of each keeps compiled code.
  for (const words of Object.values(arms)) await world.nbkp(words, { quiet: true });
  for (let round = 0; round < (quick ? 1 : 7); round++) {
    for (const name of ['plan', 'diff'] as const) {
      times[name].push((await world.nbkp(arms[name], { quiet: true })).ms);
    }
  }
  const compared = ratios(times.diff, times.plan);
  table(
    `Diff: two specs of ${count} syncs, a tenth of them changed`,
    ['nbkp plan --offline', 'nbkp diff', 'diff ÷ plan (range)', 'target'],
    [
      [
        milliseconds(median(times.plan)),
        milliseconds(median(times.diff)),
        spread(compared),
        target(median(compared), LIMIT),
      ],
    ],
  );
}
