import { randomFillSync } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pair, type Times } from './apply.ts';
import type { Bench } from './main.ts';
import { remoteShell, type Arms } from './support/arms.ts';
import { treeSpec, World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { sshTables, startServer, type SlowServer } from './support/slow-server.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

const MIB = 2048;
const FILE = 8;
const TARGET = { here: 0.3, remote: 0.05 };
/** A link as in a house: Mbit/s, and milliseconds there and back. */
const RATE = 100;
const DELAY = 2;

/** A folder that gets another name, in hard-link snapshots and as `rsync -a --delete` copies it. */
export async function renames(bench: Bench): Promise<void> {
  await measure(bench, null);
}

/** The same with a destination on a server. Of bare rsync, which takes minutes, three rounds tell enough. */
export async function remoteRenames(bench: Bench): Promise<void> {
  const server = await startServer(bench.scratch.folder('renames', 'server'), DELAY, RATE);
  try {
    await measure(bench, server);
  } finally {
    server.stop();
  }
}

async function measure({ scratch, quick, size }: Bench, server: SlowServer | null): Promise<void> {
  const rounds = quick ? 1 : Number(size?.split('x')[0] ?? (server === null ? 7 : 3));
  const mib = quick ? 64 : Number(size?.split('x')[1] ?? MIB);
  progress(`renames: making ${mib} MiB`);
  const path = scratch.folder('renames', 'world');
  const source = join(path, 'source');
  mkdirSync(join(source, 'name-0'), { recursive: true });
  for (let file = 0; file < mib / FILE; file++) {
    writeFileSync(join(source, 'name-0', `file-${file}`), randomFillSync(Buffer.alloc(FILE * 2 ** 20)));
  }
  const { arms, copied } = await makeArms(path, source, server);
  progress('renames: first copies');
  await arms.nbkp.backUp();
  await arms.bare.backUp();
  const times: Times = new Map();
  for (let round = 1; round <= rounds; round++) {
    progress(`renames: round ${round}`);
    renameSync(join(source, `name-${round - 1}`), join(source, `name-${round}`));
    await pair(times, 'renamed', arms, round);
  }
  const where = server === null ? '' : `, on a server behind ${RATE} Mbit/s`;
  table(
    `Renames: a folder of ${mib} MiB in files of ${FILE} MiB gets another name${where}, nbkp run against rsync -a --delete and sync -f, ${rounds} rounds`,
    ['what', 'nbkp', 'bare', 'nbkp ÷ bare (range)', 'target', 'bytes copied'],
    [...times].map(([what, { nbkp, bare }]) => [
      what,
      milliseconds(median(nbkp)),
      milliseconds(median(bare)),
      spread(ratios(nbkp, bare)),
      target(median(ratios(nbkp, bare)), server === null ? TARGET.here : TARGET.remote),
      String(copied()),
    ]),
  );
  arms.remove();
}

/** And how many bytes all runs of nbkp but the first have copied. */
async function makeArms(
  path: string,
  source: string,
  server: SlowServer | null,
): Promise<{ arms: Arms; copied: () => number }> {
  for (const name of ['nbkp', 'bare']) mkdirSync(join(path, name));
  const tables = server === null ? '' : sshTables('server', server.options);
  const world = new World(path, treeSpec(source, `${path}/nbkp`, ['mode = "hard-link"', 'keep.last = 2'], tables));
  await world.nbkp(['prepare', '--yes']);
  const bare =
    server === null
      ? ['sh', '-ec', 'rsync -a --delete -- "$1/" "$2/"; sync -f "$2"', 'sh', source, join(path, 'bare')]
      : bareThere(path, source, server);
  const bytes: number[] = [];
  const backUp = async (): Promise<number> => {
    const { stdout, ms } = await world.nbkp(['run', '--json']);
    const { steps } = JSON.parse(stdout) as { steps: { changes?: { bytes?: number } }[] };
    bytes.push(steps.reduce((sum, { changes }) => sum + (changes?.bytes ?? 0), 0));
    return ms;
  };
  const arms = {
    nbkp: { backUp },
    bare: { backUp: async () => (await run(bare, { quiet: true })).ms },
    remove: () => rmSync(path, { recursive: true }),
  };
  return { arms, copied: () => bytes.slice(1).reduce((sum, each) => sum + each, 0) };
}

function bareThere(path: string, source: string, server: SlowServer): string[] {
  const there = join(path, 'bare-rsync');
  writeFileSync(there, `#!/bin/sh\nrsync "$@" && sync -f ${path}/bare\n`, { mode: 0o755 });
  const ways = [`--rsh=${remoteShell(server)}`, `--rsync-path=${there}`];
  return ['rsync', '-a', '--delete', ...ways, '--', `${source}/`, `server:${path}/bare/`];
}
