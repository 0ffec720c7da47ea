import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { isInstalled } from './support/machine.ts';
import { timeCommands } from './support/hyperfine.ts';
import { manySyncs } from './support/many.ts';
import { NBKP, World } from './support/nbkp.ts';
import { btrbk, rsnapshot, type Peer } from './support/peers.ts';
import { progress, table, target } from './support/report.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

const SYNCS = 10;
const BARE = 'node -e 0';
/** How many times as long as bare Node each may take. */
const LIMITS: Readonly<Record<string, number>> = { 'nbkp --version': 2, 'nbkp plan': 2.5 };

/** How long a command takes that says something and does nothing, compared with bare Node and with what others do. */
export async function start({ scratch, quick }: Bench): Promise<void> {
  if (!isInstalled('hyperfine')) throw new Error('start needs hyperfine. Debian package: hyperfine');
  progress(`start: ${SYNCS} folders, backed up once by each tool`);
  const folders = Array.from({ length: SYNCS }, (_, index) => scratch.folder('start', 'source', `s${index}`));
  for (const folder of folders) writeFileSync(join(folder, 'file'), folder);
  const world = await backedUpWorld(scratch.folder('start'));
  const commands = {
    [BARE]: [process.execPath, '-e', '0'],
    'nbkp --version': [...NBKP, '--version'],
    'nbkp plan': [...NBKP, 'plan'],
    ...peerCommands('rsnapshot', '-t alpha', await rsnapshot(world.path, folders)),
    ...peerCommands('btrbk', 'dryrun', await btrbk(scratch, SYNCS)),
  };
  progress('start: timing');
  const timing = { rounds: quick ? 1 : 10, runs: quick ? 3 : 15, cwd: world.path, env: world.env };
  const times = await timeCommands(commands, timing);
  const bare = times[BARE];
  table(
    `Start: whole processes, ${SYNCS} local syncs with hard-link snapshots`,
    ['command', 'median', '× bare node (range over rounds)', 'target'],
    Object.entries(times).map(([name, values]) => {
      const compared = ratios(values, bare);
      const limit = LIMITS[name];
      const verdict = limit === undefined ? '' : target(median(compared), limit);
      return [name, milliseconds(median(values)), spread(compared), verdict];
    }),
  );
}

async function backedUpWorld(path: string): Promise<World> {
  mkdirSync(join(path, 'drive'));
  const world = new World(path, manySyncs(SYNCS, join(path, 'source'), join(path, 'drive')));
  await world.nbkp(['prepare', '--yes']);
  await world.nbkp(['run']);
  return world;
}

function peerCommands(name: string, words: string, peer: Peer | null): Record<string, readonly string[]> {
  if (peer === null) return {};
  return { [peer.version.join(' ')]: peer.version, [`${name} ${words}`]: peer.dryRun };
}
