import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { churn, fingerprint, whileChurning } from '../support/churning.ts';
import { KillAt } from '../support/kill-at.ts';
import type { Answer } from '../support/sandbox.ts';
import { HAS_SMALL_BOXES } from '../support/ssh/machine.ts';
import { describeWithNetwork, needing } from '../support/ssh/network.ts';
import { LaptopAndServer, until } from '../support/ssh/server.ts';
import { treeOf } from '../support/tree.ts';

/** How many seeds of each kind; more of them begin with the fewer. */
const SEEDS = Number(process.env['NBKP_LINK_SEEDS'] ?? 1);
const FIRST = Number(process.env['NBKP_LINK_FIRST'] ?? 1);
const seeds = Array.from({ length: SEEDS }, (_, index) => FIRST + index);

const spec = (seed: number): string => `
version = 1
[ssh.hub]
host = "hub.road"
[volumes.laptop]
path = "~/data"
[volumes.hub]
ssh = "hub"
path = "~/backups"
[syncs.up]
source = "laptop:pictures"
destination = "hub:pictures"
snapshots = { mode = "hard-link", keep.last = 100 }
rsync.extra-options = ["--modify-window=-1"${seed % 2 === 0 ? ', "-A", "-X"' : ''}${seed % 3 === 1 ? '' : ', "-H"'}]
[syncs.down]
source = "hub:documents"
destination = "laptop:documents"
snapshots = { mode = "hard-link", keep.last = 100 }
rsync.extra-options = ["--modify-window=-1"${seed % 2 === 0 ? ', "-A", "-X"' : ''}${seed % 3 === 1 ? '' : ', "-H"'}]
`;

describeWithNetwork('a snapshot that begins as links, of what is on another host', () => {
  let lab: LaptopAndServer;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
  });

  beforeEach(async () => {
    await lab.laptop.must('rm -rf ~/data; mkdir -p ~/data/pictures');
    await lab.hub.must('rm -rf ~/backups; mkdir -p ~/backups/documents');
  });

  afterAll(() => lab.stop());

  const SYNCS = ['up', 'down'] as const;
  type Name = (typeof SYNCS)[number];
  // A small box has no perl, which links all of a tree at once.
  const LINKING = SYNCS.filter((sync) => sync === 'down' || !HAS_SMALL_BOXES);
  if (HAS_SMALL_BOXES) test.skip(needing('perl', 'up'), () => undefined);
  const cases = LINKING.flatMap((sync, index) => seeds.map((seed) => ({ sync, seed: seed + index })));

  function placesOf(sync: Name): { source: string; snapshots: string } {
    const [from, to] = sync === 'up' ? [lab.laptop, lab.hub] : [lab.hub, lab.laptop];
    const at = sync === 'up' ? ['data/pictures', 'backups/pictures'] : ['backups/documents', 'data/documents'];
    return { source: join(from.home, at[0] ?? ''), snapshots: join(to.home, at[1] ?? '', 'snapshots') };
  }

  function prepare(seed: number): void {
    lab.sandbox.writeSpec(spec(seed));
    expect(lab.nbkp('prepare', '--yes')).toMatchObject({ code: 0 });
  }

  const trace = (): string => join(lab.laptop.folder, 'trace');

  function run(sync: Name, env: Record<string, string> = {}): Promise<Answer> {
    rmSync(trace(), { force: true });
    const args = ['run', '--only', sync, '--allow-destructive'];
    return lab.sandbox.startThrough(lab.laptop.enter, args, { NBKP_TRACE: trace(), ...env }).ended;
  }

  /** Which of its commands the last run ran. */
  function way(): 'links' | 'plain' | 'both' {
    const lines = readFileSync(trace(), 'utf8').split('\n');
    const plain = lines.some((line) => line.includes(': rsync ') && !/ --(?:dry-run|files-from=-) /.test(line));
    return lines.some((line) => line.includes(': perl ')) ? (plain ? 'both' : 'links') : 'plain';
  }

  function older(folder: string): Map<string, string[]> {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
    return new Map(names.sort().map((name) => [name, fingerprint(join(folder, name))]));
  }

  function expectUntouched(folder: string, before: ReadonlyMap<string, string[]>): void {
    for (const [name, each] of before) expect(fingerprint(join(folder, name))).toEqual(each);
  }

  test.each(cases)(
    '$sync: is the same as its source, and leaves older ones alone: seed $seed',
    async ({ sync, seed }) => {
      prepare(seed);
      const { source, snapshots } = placesOf(sync);
      churn(source, seed, 600);
      expect(await run(sync)).toMatchObject({ code: 0 });
      churn(source, seed + 1_000_000, 20 + (seed % 300));
      const before = older(snapshots);
      const planned = lab.nbkp('plan', '--json', '--only', sync);
      const { steps } = JSON.parse(planned.stdout) as Plan;
      expect(steps.find(({ kind }) => kind === 'transfer')?.reason).toContain('begins as links to all of');
      expect(await run(sync)).toMatchObject({ code: 0 });
      expect(way()).toBe('links');
      expectUntouched(snapshots, before);
      expect(await treeOf(realpathSync(join(snapshots, '../latest')))).toEqual(await treeOf(source));
    },
  );

  test.each(LINKING)('%s: links what has another name, and copies what is another file', async (sync) => {
    prepare(FIRST);
    const { source, snapshots } = placesOf(sync);
    const names = ['one', 'two/three', 'new\nline', 'other'];
    mkdirSync(join(source, 'old/two'), { recursive: true });
    for (const name of names) writeFileSync(join(source, 'old', name), `text of ${name}`);
    utimesSync(join(source, 'old/other'), 1_700_000_000, 1_700_000_000);
    expect(await run(sync)).toMatchObject({ code: 0 });
    const before = older(snapshots);
    const inode = (name: string): number => lstatSync(join(snapshots, '../latest', name)).ino;
    const inodes = names.map((name) => inode(`old/${name}`));
    renameSync(join(source, 'old'), join(source, 'new'));
    writeFileSync(join(source, 'new/other'), 'TEXT of other');
    utimesSync(join(source, 'new/other'), 1_700_000_000, 1_700_000_000);
    const { code, stdout } = await run(sync);
    expect(code).toBe(0);
    expect(stdout).toContain('3 files, 44 B moved');
    expectUntouched(snapshots, before);
    expect(await treeOf(realpathSync(join(snapshots, '../latest')))).toEqual(await treeOf(source));
    // What one session runs is traced as what it is.
    const host = sync === 'up' ? 'ssh:hub' : 'local';
    const traced = readFileSync(trace(), 'utf8').split('\n');
    for (const program of ['mv -T', 'ln -s', 'sync -f']) {
      expect(
        traced.filter((line) => line.includes(` ${host}: exit 0, `) && line.includes(`: ${program} `)),
      ).not.toEqual([]);
    }
    expect(names.map((name, index) => inode(`new/${name}`) === inodes[index])).toEqual([true, true, true, false]);
  });

  test.each(cases)('$sync: leaves older ones alone while its source changes: seed $seed', async ({ sync, seed }) => {
    prepare(seed);
    const { source, snapshots } = placesOf(sync);
    churn(source, seed, 600);
    expect(await run(sync)).toMatchObject({ code: 0 });
    const ways = await whileChurning(source, seed, async () => {
      const seen = [];
      for (let time = 0; time < 3; time++) {
        const before = older(snapshots);
        await run(sync);
        seen.push(way());
        expectUntouched(snapshots, before);
      }
      return seen;
    });
    // Where its source changes kinds of entries too often, rsync goes on in what the links were.
    expect(ways).not.toEqual(['plain', 'plain', 'plain']);
  });

  test.each(SYNCS)('%s: killed before one of its commands, is made by the next run', async (sync) => {
    prepare(FIRST);
    const { source, snapshots } = placesOf(sync);
    const killAt = new KillAt(join(lab.laptop.folder, `programs-${sync}`));
    churn(source, FIRST, 400);
    expect(await run(sync)).toMatchObject({ code: 0 });
    churn(source, FIRST + 1, 50);
    expect(await run(sync, killAt.environment(0))).toMatchObject({ code: 0 });
    const programs = killAt.count();
    // By hand all of them; else a few that are spread over the run.
    const step = SEEDS > 1 ? 1 : Math.ceil(programs / 4);
    let killed = 0;
    for (let at = 1; at <= programs; at += step) {
      churn(source, FIRST + at, 50);
      const before = older(snapshots);
      const { signal } = await run(sync, killAt.environment(at));
      // A run that had less to do than the one that was counted has ended before.
      killed += signal === 'SIGKILL' ? 1 : 0;
      await until(lab.hub, '! ps -e -o stat=,comm= | grep -v ^Z | grep -Eq "rsync|perl"');
      expect(lab.nbkp('recover', '--yes')).toMatchObject({ code: 0 });
      expect(await run(sync)).toMatchObject({ code: 0 });
      expectUntouched(snapshots, before);
      expect(await treeOf(realpathSync(join(snapshots, '../latest')))).toEqual(await treeOf(source));
    }
    expect(killed).toBeGreaterThan(programs / step / 2);
  });
});
