import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './main.ts';
import { isInstalled } from './support/machine.ts';
import { World } from './support/nbkp.ts';
import { run } from './support/process.ts';
import { progress, table, target } from './support/report.ts';
import { sshTables, startServer } from './support/slow-server.ts';
import { median, milliseconds, ratios, spread } from './support/statistics.ts';

const DELAY = 50;
const SYNCS = 20;

/** Plans and runs on one server and on two that are 50 ms away, compared with a single ssh and with bare rsyncs. */
export async function ssh({ scratch, quick }: Bench): Promise<void> {
  if (!isInstalled('rsync') || !isInstalled('/usr/sbin/sshd', '-V'))
    throw new Error('ssh needs rsync and openssh-server');
  const path = scratch.folder('ssh');
  const server = await startServer(path, DELAY);
  try {
    const rounds = quick ? 1 : 3;
    const one = makeWorld(path, server.options, 1);
    const two = makeWorld(path, server.options, 2);
    for (const world of [one, two]) {
      await world.nbkp(['prepare', '--yes']);
      await world.nbkp(['run']);
    }
    const bare = ['ssh', ...server.words, 'server', 'true'];
    const times = { bare: [], bareTwo: [], plan: [], planTwo: [], rsyncs: [], apply: [] } as Record<string, number[]>;
    for (let round = 1; round <= rounds; round++) {
      progress(`ssh: round ${round}`);
      times['bare']?.push((await run(bare, { quiet: true })).ms);
      times['bareTwo']?.push(await together(2, bare));
      times['plan']?.push((await one.nbkp(['plan'], { quiet: true })).ms);
      times['planTwo']?.push((await two.nbkp(['plan'], { quiet: true })).ms);
      times['apply']?.push((await one.nbkp(['run'], { quiet: true })).ms);
      times['rsyncs']?.push(await bareRsyncs(path, server.words));
    }
    report(times);
    reportTrips(path, await tripsOf(one, path, bare));
  } finally {
    server.stop();
  }
}

/** What two connections at once cost this machine, which plays the servers and the way to them as well. */
async function together(times: number, argv: readonly string[]): Promise<number> {
  const started = performance.now();
  await Promise.all(Array.from({ length: times }, () => run([...argv], { quiet: true })));
  return performance.now() - started;
}

async function bareRsyncs(path: string, words: readonly string[]): Promise<number> {
  const started = performance.now();
  const rsh = ['ssh', ...words].map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
  for (let index = 0; index < SYNCS; index++) {
    await run(
      ['rsync', '-a', '--delete', `--rsh=${rsh}`, `${path}/source/s${index}/`, `server:${path}/bare/s${index}/`],
      {
        quiet: true,
      },
    );
  }
  return performance.now() - started;
}

function makeWorld(path: string, options: Readonly<Record<string, string>>, hosts: number): World {
  const world = join(path, `world-${hosts}`);
  const names = Array.from({ length: hosts }, (_, index) => `server${index + 1}`);
  for (let index = 0; index < SYNCS; index++) {
    mkdirSync(join(path, 'source', `s${index}`), { recursive: true });
    mkdirSync(join(path, 'bare', `s${index}`), { recursive: true });
    writeFileSync(join(path, 'source', `s${index}`, 'file'), String(index));
  }
  for (const name of names) mkdirSync(join(world, name), { recursive: true });
  const servers = names.map(
    (name) => `${sshTables(name, options)}[volumes.${name}]\nssh = "${name}"\npath = "${world}/${name}"\n`,
  );
  const syncs = Array.from(
    { length: SYNCS },
    (_, index) =>
      `[syncs.s${index}]\nsource = "laptop:s${index}"\ndestination = "${names[index % hosts] ?? ''}:s${index}"\n`,
  );
  const spec = `version = 1\n[volumes.laptop]\npath = "${path}/source"\n${servers.join('')}${syncs.join('')}`;
  return new World(world, spec);
}

/** Changes of direction, towards the server and back, of everything that a command says to it. */
async function tripsOf(world: World, path: string, bare: readonly string[]): Promise<[string, number][]> {
  const count = async (what: () => Promise<unknown>): Promise<number> => {
    rmSync(join(path, 'trips'), { force: true });
    await what();
    const lines = readFileSync(join(path, 'trips'), 'utf8')
      .split('\n')
      .map(([sign]) => sign);
    return lines.filter((sign, index) => sign === '>' && lines[index - 1] !== '>').length;
  };
  const connect = await count(() => run([...bare], { quiet: true }));
  return [
    ['ssh true', connect],
    [`plan of ${SYNCS} syncs`, await count(() => world.nbkp(['plan'], { quiet: true }))],
    [`run of ${SYNCS} syncs, nothing changed`, await count(() => world.nbkp(['run'], { quiet: true }))],
  ];
}

function report({
  bare = [],
  bareTwo = [],
  plan = [],
  planTwo = [],
  rsyncs = [],
  apply = [],
}: Record<string, number[]>): void {
  const connecting = Math.max(1, median(ratios(bareTwo, bare)));
  const row = (what: string, ours: number[], than: string, theirs: number[], limit?: number): string[] => [
    what,
    milliseconds(median(ours)),
    than,
    milliseconds(median(theirs)),
    spread(ratios(ours, theirs)),
    limit === undefined ? '' : target(median(ratios(ours, theirs)), Number(limit.toFixed(2))),
  ];
  table(
    `Servers ${DELAY} ms away`,
    ['what', 'time', 'compared with', 'time', 'ratio (range)', 'target'],
    [
      row(`plan of ${SYNCS} syncs on one server`, plan, 'ssh server true', bare, 1.3),
      row('two × ssh server true, at once', bareTwo, 'one', bare),
      row(`plan of ${SYNCS} syncs on two servers`, planTwo, 'the same on one', plan, 1.1 * connecting),
      row(`run of ${SYNCS} syncs, nothing changed`, apply, `${SYNCS} × rsync --rsh`, rsyncs, 1 / 3),
    ],
  );
}

function reportTrips(_: string, trips: [string, number][]): void {
  table(
    'Round trips, connecting included',
    ['what', 'round trips'],
    trips.map(([what, count]) => [what, String(count)]),
  );
}
