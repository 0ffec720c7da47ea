import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { oldRsync } from '../../scripts/setup/old-rsync.js';
import type { RunRecord } from '../../src/planner/model/run.ts';
import { Sandbox, type Answer } from '../support/sandbox.ts';
import type { SshMachine } from '../support/ssh/machine.ts';
import { describeWithNetwork, Network } from '../support/ssh/network.ts';

const OLD = oldRsync(fileURLToPath(new URL('../..', import.meta.url)));

/** Beside the one that `init` writes, which goes to the server: on this machine alone, and from the server. */
const MORE = (server: string): string => `
[volumes.laptop]
path = "~"
[volumes.drive]
path = "~/drive"
snapshots.mode = "hard-link"
[volumes.there]
ssh = "${server}"
path = "~/there"
[syncs.local]
source = "laptop:pictures/raw"
destination = "drive:raw"
[syncs.fetch]
source = "there"
destination = "drive:there"
`;

/** Names that an rsync has taken for something else. */
const MAKE = (folder: string): string => `
  mkdir -p ${folder}/raw/old; cd ${folder}/raw
  for name in '#comment' ';semi' ' blank' -dash 'new\nline' ü two:dots; do echo "text of $name" >"$name"; done
  seq 60000 >old/large; seq 50000 >old/other; ln old/large second; ln -s old/large link
  chmod 600 '#comment'; chown 1234:4321 ü; setfattr -n user.mine -v yes ';semi'; setfacl -m u:1234:r -- -dash
  truncate -s 1M sparse`;

const CHANGE = (folder: string): string => `
  cd ${folder}/raw; mv old new; chmod 755 '#comment'; rm -- -dash; echo more >>ü; echo new >'; new'; ln ';semi' '#linked'`;

const [, INSTALLED = ''] = /version (\S+)/.exec(execFileSync('rsync', ['--version'], { encoding: 'utf8' })) ?? [];
const MISSING =
  OLD === null
    ? 'npm test unpacks it, from a Debian mirror'
    : INSTALLED === '3.2.7'
      ? 'the one that is installed is no other'
      : null;

describeWithNetwork('an rsync 3.2.7 beside the one that is installed', () => {
  const many = MISSING === null ? describe : describe.skip;
  const why = MISSING === null ? '' : ` (skipped: ${MISSING})`;
  let network: Network;

  beforeAll(async () => {
    network = await Network.start('old', 'new');
    const [old, other] = [network.machine('old'), network.machine('new')];
    await network.connect('wire', 'old', 'new');
    if (OLD !== null) await old.must(`mount --bind ${OLD} "$(command -v rsync)"`);
    await Promise.all([old.startSshd(), other.startSshd()]);
    old.authorize(other);
    other.authorize(old);
    old.know(other, 'new.wire');
    other.know(old, 'old.wire');
  });
  afterAll(() => network.stop());

  many(`with the${why}`, () => {
    test.each([
      ['older one here', 'old', 'new'],
      ['older one there', 'new', 'old'],
    ])('%s: the first spec, runs, renames, comparisons and restores are as ever', async (_, here, there) => {
      const [laptop, hub] = [network.machine(here), network.machine(there)];
      expect(await laptop.must('rsync --version')).toContain(`version ${here === 'old' ? '3.2.7' : INSTALLED} `);
      const sandbox = new Sandbox(laptop.folder);
      const nbkp = (...args: string[]): Answer => sandbox.nbkpThrough(laptop.enter, ...args);
      const run = (...args: string[]): RunRecord => {
        const { code, stdout, stderr } = nbkp('run', '--json', ...args);
        expect(code, stdout + stderr).toBe(0);
        return JSON.parse(stdout) as RunRecord;
      };
      await laptop.must(`echo 'Host ${there}.wire' >~/.ssh/config; mkdir -p ~/drive; ${MAKE('~/pictures')}`);
      await hub.must(`mkdir -p ~/backups; ${MAKE('~/there')}`);
      const source = ['--source', `${laptop.home}/pictures`, '--no-excludes', '--yes'];
      const first = nbkp('init', ...source, '--to', `${there}.wire:${hub.home}/backups`);
      expect(first.code, first.stdout + first.stderr).toBe(0);
      const written = await laptop.must(`cat ${sandbox.spec}`);
      const [, server = ''] = /^\[ssh\.(.+)\]$/m.exec(written) ?? [];
      sandbox.writeSpec(`${written}\n${MORE(server)}`);
      const prepared = nbkp('prepare', '--yes');
      expect(prepared.code, prepared.stdout + prepared.stderr).toBe(0);

      const begun = run();
      expect(begun.syncs).toHaveLength(3);
      expect(begun.findings).toEqual([]);
      const again = run();
      expect(again.syncs.map(({ files, bytes }) => files + bytes)).toEqual([0, 0, 0]);

      await laptop.must(CHANGE('~/pictures'));
      await hub.must(CHANGE('~/there'));
      const third = run('--allow-destructive');
      // Only a snapshot that begins as links takes what has another name only from the last one.
      expect(third.syncs.map(({ moved }) => (moved?.files ?? 0) > 0)).toEqual([true, true, true]);
      const verified = nbkp('verify');
      expect(verified.code, verified.stdout + verified.stderr).toBe(0);
      for (const { name } of third.syncs) {
        const restored = nbkp('restore', name, '--to', `${laptop.home}/back/${name}`, '--yes');
        expect(restored.code, restored.stdout + restored.stderr).toBe(0);
        const original =
          name === 'fetch'
            ? listed(hub, '~/there')
            : listed(laptop, name === 'local' ? '~/pictures/raw' : '~/pictures');
        expect(await listed(laptop, `~/back/${name}`)).toEqual(await original);
      }
    });
  });
});

/** All that a copy keeps of each entry, sentinels aside. */
async function listed(machine: SshMachine, folder: string): Promise<string[]> {
  const said = await machine.must(`cd ${folder}; export LC_ALL=C
    find . -mindepth 1 ! -name '.nbkp-*' -printf '%P %y %m %U:%G %n %l %s %T@\\0' | sort -z
    find . -type f ! -name '.nbkp-*' -exec sha256sum -z {} + | sort -z
    find . -mindepth 1 ! -name '.nbkp-*' -exec getfacl --numeric --absolute-names {} + | sort
    find . -type f ! -name '.nbkp-*' -exec getfattr --absolute-names -d {} + | sort`);
  return said.split(/[\0\n]/);
}
