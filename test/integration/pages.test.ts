import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeExample } from '../support/example-plugin.ts';
import { Laptop } from '../support/laptop.ts';
import { typedBlocks } from '../support/pages.ts';
import { describeWithMounts } from '../support/requirements.ts';
import { Sandbox } from '../support/sandbox.ts';
import { Terminal } from '../support/terminal.ts';
import { makeTempDir } from '../support/tempdir.ts';

/** Pages whose commands another test types. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'README.md': 'integration/readme.test.ts',
  'docs/getting-started.md': 'integration/getting-started.test.ts',
  'docs/new-drive.md': 'lab/new-drive.test.ts',
  'packages/btrfs-send/README.md': 'package/executor-packages.test.ts',
  'packages/notify/README.md': 'package/executor-packages.test.ts',
};

const dir = await makeTempDir();
const terminals: Terminal[] = [];
afterAll(async () => {
  for (const terminal of terminals) terminal.close();
  await dir.remove();
});

/** A new account, in which `nbkp` is a program like any other. Others that would change this machine only say that they ran. */
class Account {
  readonly box: Sandbox;
  readonly terminal: Terminal;

  constructor(name: string, through: readonly string[] = []) {
    this.box = new Sandbox(join(dir.path, name));
    this.box.files({ 'usb/.keep': '', 'home/Documents/Letters/grandmother.txt': 'Dear reader', 'home/.profile': '' });
    const bin = join(this.box.root, 'bin');
    mkdirSync(bin);
    const word = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
    const program = [...through, process.execPath, join(process.cwd(), 'bin/run.js')].map(word).join(' ');
    for (const [command, text] of [
      ['nbkp', `exec ${program} "$@"`],
      ['sudo', 'exec "$@"'],
      ...['systemctl', 'journalctl', 'loginctl', 'crontab'].map((each) => [each, `echo ${each} "$@"`]),
    ] as [string, string][]) {
      writeFileSync(join(bin, command), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, command), 0o755);
    }
    const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, SHELL: '/bin/bash', USER: 'ada' };
    this.terminal = new Terminal(this.box, { env });
    terminals.push(this.terminal);
  }

  spec({ volume = '', more = '' } = {}): void {
    this.box.writeSpec(`version = 1
[volumes.laptop]
path = "~"
[volumes.usb]
path = "${join(this.box.root, 'usb')}"
snapshots = { mode = "hard-link", keep.last = 30 }
${volume}
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
${more}`);
  }

  nbkp(...words: string[]): void {
    const { code, stdout, stderr } = this.box.nbkp(...words);
    expect([words, code], stdout + stderr).toEqual([words, 0]);
  }

  /** Types lines as a page has them and says yes to what is asked. @param codes those that do not end with 0 */
  async type(lines: readonly string[], codes: Readonly<Record<string, number>> = {}): Promise<void> {
    expect(lines.length).toBeGreaterThan(0);
    this.terminal.run('unset -f nbkp');
    await this.terminal.ends();
    for (const line of lines) {
      this.terminal.run(line);
      const { code, screen } = await this.terminal.endsAfterYes();
      expect([line, code], screen).toEqual([line, codes[line] ?? 0]);
      expect(screen).not.toMatch(/bug|undefined|\[object/);
    }
  }
}

/** Gives the latest snapshot the name of another time, as if it had been made then. */
function backdate(folder: string, name: string): void {
  const [latest = ''] = readdirSync(join(folder, 'snapshots')).sort().toReversed();
  renameSync(join(folder, 'snapshots', latest), join(folder, 'snapshots', name));
  unlinkSync(join(folder, 'latest'));
  symlinkSync(`snapshots/${name}`, join(folder, 'latest'));
}

describe('the commands of the pages', () => {
  it('are typed here or in another test', () => {
    const pages = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((page) =>
      page.endsWith('.md'),
    );
    pages.push(...readdirSync('packages').map((name) => `packages/${name}/README.md`));
    const typed = pages.filter((page) =>
      typedBlocks(page)
        .flat()
        .some((line) => /(?:^|\s)nbkp /.test(line)),
    );
    const here = readFileSync(import.meta.filename, 'utf8');
    expect(typed.filter((page) => !(page in ELSEWHERE) && !here.includes(`typedBlocks('${page}')`))).toEqual([]);
  });

  it('do what docs/looking-after.md says of them', async () => {
    const account = new Account('looking-after');
    account.spec();
    account.nbkp('prepare', '--yes');
    const copy = join(account.box.root, 'usb/documents');
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    for (const [index, day] of ['2026-03-01', '2026-03-06', yesterday, null].entries()) {
      account.box.files({
        [`home/Documents/Letters/to-ada.odt`]: 'x'.repeat(index + 1),
        [`home/Documents/tax${index}`]: '',
      });
      account.nbkp('run');
      if (day !== null) backdate(copy, `${day}T12:00:00.000Z`);
    }
    // The first two are for a prompt and for a monitor: monitoring.test.ts.
    await account.type(typedBlocks('docs/looking-after.md').slice(2).flat());
    expect(readFileSync(join(account.box.root, 'trace.txt'), 'utf8')).toMatch(/: rsync /);
  });

  it('do what docs/reviewing.md says of them', async () => {
    const account = new Account('reviewing');
    account.spec();
    account.nbkp('prepare', '--yes');
    account.nbkp('plan', '--out', 'monday.plan');
    const git = (...words: string[]) => execFileSync('git', words, { cwd: account.box.root, stdio: 'ignore' });
    git('init', '-b', 'main');
    git('add', 'nbkp.toml');
    git('-c', 'user.name=a', '-c', 'user.email=a', 'commit', '-m', 'spec');
    account.spec({ more: 'max-age = "7d"' });
    account.nbkp('plan', '--out', 'tuesday.plan');
    await account.type(typedBlocks('docs/reviewing.md').flat());
  });

  it('do what docs/script.md says of them', async () => {
    const account = new Account('script');
    account.spec();
    account.nbkp('prepare', '--yes');
    const drive = join(account.box.root, 'usb');
    const lines = typedBlocks('docs/script.md').flat();
    await account.type(lines.map((line) => line.replace('/mnt/usb', drive)));
    expect(readdirSync(join(drive, 'documents/snapshots'))).toHaveLength(1);
  });

  it('do what docs/from-python-nbkp.md says of them', async () => {
    const account = new Account('from-python');
    const { root, home } = account.box;
    account.box.files({
      'home/.config/nbkp/config.yaml': `volumes:
  laptop: {type: local, path: ${home}}
  usb: {type: local, path: ${root}/usb}
sync-endpoints:
  here: {volume: laptop, subdir: Documents}
  there: {volume: usb, subdir: documents}
syncs:
  documents: {source: here, destination: there}
`,
      ...Object.fromEntries(
        ['home/.nbkp-vol', 'usb/.nbkp-vol', 'home/Documents/.nbkp-src', 'usb/documents/.nbkp-dst'].map((path) => [
          path,
          '',
        ]),
      ),
    });
    await account.type(['unset NBKP_SPEC', ...typedBlocks('docs/from-python-nbkp.md').flat()]);
    expect(readdirSync(join(root, 'usb/documents'))).toContain('Letters');
  });

  it('do what docs/writing-an-executor.md says of them, once nbkp is installed beside it', async () => {
    const account = new Account('writing-an-executor');
    const [[begin = ''] = [], tries = []] = typedBlocks('docs/writing-an-executor.md');
    await account.type(['unset NBKP_SPEC', begin]);
    const folder = join(account.box.root, 'nbkp-executor-tar');
    writeExample(folder);
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(process.cwd(), join(folder, 'node_modules/nbkp'));
    await account.type(tries);
  });

  it('do what docs/drives.md says of them, for a drive that is not plugged in', async () => {
    const account = new Account('drives');
    account.spec({
      volume:
        '[volumes.stick]\nmount = { device-uuid = "8a3b2c1d-1111-2222-3333-444455556666", encryption.type = "luks" }\n',
    });
    const lines = typedBlocks('docs/drives.md')
      .flat()
      .map((line) => line.replace('/etc/polkit-1/rules.d', account.box.root));
    const about = (line: string): string => line.replace(/(mount|authorize) usb/, '$1 stick');
    await account.type(lines.map(about), { 'nbkp volumes mount stick': 4 });
    // For root there is nothing in it.
    expect(readdirSync(account.box.root)).toContain('50-nbkp-ada.rules');
  });
});

describeWithMounts('the commands of a page about drives', () => {
  it('do what docs/drives.md says of them, for a drive that is plugged in and mounted', async () => {
    const laptop = await Laptop.begin();
    laptop.files({
      '.config/nbkp/nbkp.toml': `version = 1
[volumes.home]
path = "~"
[volumes.usb]
mount.device-uuid = "${Laptop.UUID}"
[syncs.documents]
source = "home:Documents"
destination = "usb:documents"
`,
      'Documents/letter': 'Dear reader',
    });
    const terminal = await laptop.terminal();
    const [byHand = []] = typedBlocks('docs/drives.md');
    // What closes it needs udisks, which runs in the lab: lab/shared-drive.test.ts.
    const shows = byHand.filter((command) => command !== 'nbkp volumes unmount usb');
    expect(shows).toHaveLength(byHand.length - 1);
    const screens = [];
    for (const command of shows) {
      terminal.run(command);
      const { code, screen } = await terminal.endsAfterYes();
      expect([command, code], screen).toEqual([command, 0]);
      screens.push(screen.replaceAll(/\s+/g, ' '));
    }
    expect(screens).toEqual([
      expect.stringMatching(/usb mounted at .media.ada.Backup, not by nbkp, .dev.loop\d+, ext4, label Backup/),
      expect.stringContaining('usb is mounted already, at /media/ada/Backup.'),
      expect.stringContaining('Nothing to do.'),
    ]);
    await laptop.end();
  });
});

describeWithMounts('the commands of a page about systemd', () => {
  it('do what docs/schedule.md says of them', async () => {
    const booted = 'mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system && exec "$@"';
    const account = new Account('schedule', ['unshare', '--mount', 'sh', '-c', booted, 'sh']);
    account.spec();
    const lines = typedBlocks('docs/schedule.md').flat();
    const timers = (): string[] =>
      readdirSync(join(account.box.home, '.config/systemd/user')).filter((name) => name.endsWith('.timer'));
    await account.type(lines.slice(0, 2));
    expect(timers()).toEqual(['nbkp.timer']);
    await account.type(lines.slice(2));
    expect(timers()).toEqual([]);
  });
});
