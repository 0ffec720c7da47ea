import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainEnvironment, run, type Ended, type Options } from './process.ts';

/** The program as it is installed, from the repository's root, where the measurements are started. */
export const NBKP = [process.execPath, join(process.cwd(), 'bin', 'run.js')];

const MEASURE_MEMORY = join(process.cwd(), 'bench', 'support', 'peak-memory.cjs');

/** A spec, a state folder and a home of their own, and the command run with them. */
export class World {
  readonly env: NodeJS.ProcessEnv;

  /** @param path an existing folder */
  constructor(
    readonly path: string,
    spec: string,
  ) {
    const file = join(path, 'nbkp.toml');
    writeFileSync(file, spec, { mode: 0o644 });
    mkdirSync(join(path, 'home'), { recursive: true });
    this.env = plainEnvironment({
      HOME: join(path, 'home'),
      NBKP_SPEC: file,
      NBKP_STATE_DIR: join(path, 'state'),
    });
  }

  nbkp(words: readonly string[], options: Options = {}): Promise<Ended> {
    const env = { ...this.env, ...options.env };
    return run([...NBKP, ...words], { cwd: this.path, ...options, env });
  }

  /** The same, and the most memory that Node itself had, in MiB. */
  async withMemory(words: readonly string[], options: Options = {}): Promise<Ended & { peakMiB: number }> {
    return withMemory([...NBKP, ...words], { cwd: this.path, ...options, env: { ...this.env, ...options.env } });
  }
}

/** Runs `node …`. */
export async function withMemory(
  [node = '', ...words]: readonly string[],
  options: Options & { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Ended & { peakMiB: number }> {
  const answer = join(options.cwd, 'peak-memory');
  const env = { ...options.env, BENCH_PEAK_MEMORY: answer };
  const ended = await run([node, `--require=${MEASURE_MEMORY}`, ...words], { ...options, env });
  return { ...ended, peakMiB: Number(readFileSync(answer, 'latin1')) / 1024 };
}

/**
 * One sync of a whole folder.
 *
 * @param snapshots its mode, and what it keeps
 * @param server tables of the endpoint `server` that has the drive; none where it is here
 */
export function treeSpec(source: string, drive: string, snapshots: readonly string[] = [], server = ''): string {
  return `version = 1
${server}[volumes.source]
path = "${source}"
[volumes.drive]
path = "${drive}"
${server === '' ? '' : 'ssh = "server"\n'}${snapshots.map((line) => `snapshots.${line}\n`).join('')}[syncs.tree]
source = "source"
destination = "drive"
`;
}
