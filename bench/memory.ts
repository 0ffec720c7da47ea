import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { progress, table, target } from './support/report.ts';
import { changeTree, makeTree, removeFromTree, renameInTree } from './support/tree.ts';

const MODES = ['none', 'hard-link'] as const;
const FILES = 1_000_000;
const MOST_MIB = 90;
const CHANGES = [
  ['first copy', null],
  ['nothing changed', null],
  ['1 % changed', changeTree],
  ['1 % renamed', renameInTree],
  ['1 % deleted', removeFromTree],
] as const;

/** Whether a run needs more memory for more files. rsync's own is not counted: it is the same without nbkp. */
export async function memory({ scratch, quick, size }: Bench): Promise<void> {
  const [few, many] = quick ? [1_000, 5_000] : [10_000, Number(size?.split('x')[1] ?? FILES)];
  const [ofFew, ofMany] = [await peaks(scratch.folder('memory'), few), await peaks(scratch.folder('memory'), many)];
  table(
    'Memory: the most that Node has during nbkp run',
    ['what', `${few} files`, `${many} files`, 'ratio', 'target'],
    ofFew.map(({ what, peakMiB }, index) => {
      const more = ofMany[index]?.peakMiB ?? NaN;
      return [
        what,
        `${peakMiB.toFixed(0)} MiB`,
        `${more.toFixed(0)} MiB`,
        (more / peakMiB).toFixed(2),
        target(more, MOST_MIB),
      ];
    }),
  );
}

async function peaks(path: string, files: number): Promise<{ what: string; peakMiB: number }[]> {
  progress(`memory: ${files} files`);
  const source = join(path, 'source');
  makeTree(source, files);
  const found = [];
  for (const mode of MODES) {
    mkdirSync(join(path, mode));
    const world = new World(path, treeSpec(source, `${path}/${mode}`, [`mode = "${mode}"`]));
    await world.nbkp(['prepare', '--yes']);
    for (const [what, change] of CHANGES) {
      change?.(source, MODES.indexOf(mode) + 1);
      const { peakMiB } = await world.withMemory(['run'], { quiet: true });
      progress(`memory: ${mode}, ${files} files, ${what}: ${peakMiB.toFixed(0)} MiB`);
      found.push({ what: `${mode}: ${what}`, peakMiB });
    }
    rmSync(join(path, mode), { recursive: true });
  }
  rmSync(source, { recursive: true });
  return found;
}
