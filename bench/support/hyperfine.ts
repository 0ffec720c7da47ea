import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { median } from './statistics.ts';
import { run } from './process.ts';

export interface Timing {
  rounds: number;
  /** Of each command in each round. */
  runs: number;
  cwd: string;
  env: NodeJS.ProcessEnv;
}

interface Exported {
  results: { times: number[] }[];
}

/**
 * Times whole processes with hyperfine, without a shell. The commands take turns in several rounds, so that what else
 * the machine does meets all of them.
 *
 * @returns for each command its median of every round, in milliseconds
 */
export async function timeCommands<Name extends string>(
  commands: Readonly<Record<Name, readonly string[]>>,
  { rounds, runs, cwd, env }: Timing,
): Promise<Record<Name, number[]>> {
  const entries = Object.entries(commands) as [Name, readonly string[]][];
  const times = Object.fromEntries(entries.map(([name]) => [name, []])) as unknown as Record<Name, number[]>;
  const answer = join(cwd, 'hyperfine.json');
  const words = [
    'hyperfine',
    '--shell=none',
    '--style=none',
    '--warmup=3',
    `--runs=${runs}`,
    `--export-json=${answer}`,
  ];
  for (let round = 0; round < rounds; round++) {
    await run([...words, ...entries.map(([, argv]) => argv.map(quoted).join(' '))], { cwd, env, quiet: true });
    const { results } = JSON.parse(readFileSync(answer, 'utf8')) as Exported;
    entries.forEach(([name], index) => times[name].push(1000 * median(results[index]?.times ?? [])));
  }
  return times;
}

/** As hyperfine takes a command line apart when there is no shell. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
