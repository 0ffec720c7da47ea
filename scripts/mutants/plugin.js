import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/*
 * What Stryker lacks: a sample, and results that are there when its time is over. It tells a reporter of all mutants, and then asks
 * a checker, in another process, which of them to try. A file tells the checker what was picked.
 */

/** The text of the place is read before anybody edits it during the run. Lines and columns of Stryker's reporters begin with 0. */
function describe({ id, fileName, location: { start, end }, replacement }) {
  const lines = readFileSync(fileName, 'utf8')
    .split('\n')
    .slice(start.line, end.line + 1);
  lines.push(lines.pop().slice(0, end.column));
  lines.unshift(lines.shift().slice(start.column));
  const file = relative(process.cwd(), fileName);
  return { id, file, line: start.line + 1, column: start.column + 1, original: lines.join('\n'), replacement };
}

/** Picked by a hash, so that a change elsewhere in the sources leaves the rest of the sample as it is. */
function pick(mutants, seed, size) {
  const rank = ({ file, line, column, original, replacement }) =>
    createHash('sha256')
      .update(JSON.stringify([seed, file, line, column, original, replacement]))
      .digest('hex');
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
}

function createReporter({ sample: { paths, seed, size, folder } }) {
  const picked = new Map();
  return {
    onMutationTestingPlanReady({ mutantPlans }) {
      const mutants = mutantPlans.map(({ mutant }) => describe(mutant));
      const samples = paths.map((path) => {
        const within = mutants.filter(({ file }) => file === path || file.startsWith(`${path}/`));
        const chosen = pick(within, seed, size);
        for (const mutant of chosen) picked.set(mutant.id, mutant);
        return { path, total: within.length, size: chosen.length };
      });
      writeFileSync(join(folder, 'sample.json'), JSON.stringify({ samples, ids: [...picked.keys()] }));
    },
    onMutantTested({ id, status }) {
      const mutant = picked.get(id);
      if (mutant !== undefined) appendFileSync(join(folder, 'results'), `${JSON.stringify({ ...mutant, status })}\n`);
    },
  };
}

function createChecker({ sample: { folder } }) {
  return {
    init: () => Promise.resolve(),
    group: (mutants) => Promise.resolve([mutants.map(({ id }) => id)]),
    check(mutants) {
      const picked = new Set(JSON.parse(readFileSync(join(folder, 'sample.json'), 'utf8')).ids);
      const answer = (id) =>
        picked.has(id) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' };
      return Promise.resolve(Object.fromEntries(mutants.map(({ id }) => [id, answer(id)])));
    },
  };
}

createReporter.inject = ['options'];
createChecker.inject = ['options'];

export const strykerPlugins = [
  { kind: 'Reporter', name: 'sample', factory: createReporter },
  { kind: 'Checker', name: 'sample', factory: createChecker },
];
