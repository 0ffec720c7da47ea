import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Sandbox } from './sandbox.ts';
import { Terminal } from './terminal.ts';
import { makeTempDir, type TempDir } from './tempdir.ts';

const MIB = 1_048_576;

/** A command as a page has it, what it asks, and what is typed there. */
export interface Typed {
  command: string;
  answers: { question: string; answer: string }[];
}

/** Types a command, and each answer when its question is there. */
export async function type(terminal: Terminal, { command, answers }: Typed): Promise<{ code: number; screen: string }> {
  terminal.run(command);
  for (const { question, answer } of answers) {
    await terminal.shows(question);
    terminal.answer(answer);
  }
  return terminal.ends();
}

/**
 * The machine of the pages, in a mount and host name of its own: ada's new account on `laptop`, and her drive at /media/ada/Backup, an
 * ext4 in an image file. Needs root.
 */
export class Laptop {
  /** Of the drive. */
  static readonly UUID = '8a3b2c1d-1111-4222-8333-444455556666';
  /** `/` of the machine, seen from here. */
  readonly root: string;
  readonly home: string;

  readonly #terminals: Terminal[] = [];

  private constructor(
    private readonly dir: TempDir,
    private readonly machine: ChildProcess,
  ) {
    this.root = `/proc/${machine.pid}/root`;
    this.home = join(this.root, 'home/ada');
  }

  static async begin(): Promise<Laptop> {
    const dir = await makeTempDir();
    const image = join(dir.path, 'drive.img');
    execFileSync('truncate', ['-s', '400M', image]);
    execFileSync('mkfs.ext4', ['-q', '-L', 'Backup', '-U', Laptop.UUID, image]);
    const make = `set -e
hostname laptop
mount -t tmpfs tmpfs /home
mount -t tmpfs tmpfs /media
mkdir -p /home/ada /media/ada/Backup
mount -o loop ${image} /media/ada/Backup
findmnt -no SOURCE /media/ada/Backup
exec sleep infinity`;
    const machine = spawn('unshare', ['--mount', '--uts', 'sh', '-c', make], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [device] = (await once(machine.stdout.setEncoding('utf8'), 'data')) as [string];
    const laptop = new Laptop(dir, machine);
    laptop.#programs(device.trim());
    return laptop;
  }

  #programs(device: string): void {
    const bin = join(this.dir.path, 'bin');
    mkdirSync(bin);
    const script = (name: string, text: string): void => {
      writeFileSync(join(bin, name), `#!/bin/sh\n${text}\n`);
      chmodSync(join(bin, name), 0o755);
    };
    script('nbkp', `exec ${process.execPath} ${join(process.cwd(), 'bin/run.js')} "$@"`);
    // No drive can be plugged into a test machine: the loop device is shown as one. Everything else is real.
    const kernel = `NAME="${device}" KNAME="${device}" PKNAME="" TYPE="disk" RO="0"`;
    const pairs = `${kernel} FSTYPE="ext4" UUID="${Laptop.UUID}" PARTUUID="" LABEL="Backup"`;
    const listed = join(this.dir.path, 'lsblk.json');
    script(
      'lsblk',
      `case "$*" in
*PARTTYPE*) cat ${listed} ;;
*--pairs*) /usr/bin/lsblk "$@" | grep -v '^NAME="${device}"'; echo '${pairs}' ;;
*) exec /usr/bin/lsblk "$@" ;;
esac`,
    );
    const about = { path: device, type: 'disk', fstype: 'ext4', uuid: Laptop.UUID, label: 'Backup', parttype: null };
    const how = { rm: true, hotplug: true, ro: false, tran: 'usb', model: null };
    const drive = { ...about, ...how, size: 400 * MIB, mountpoints: ['/media/ada/Backup'] };
    writeFileSync(listed, JSON.stringify({ blockdevices: [drive] }));
  }

  /** Writes files of the home folder: a text, or so many MiB. */
  files(contents: Readonly<Record<string, string | number>>): void {
    for (const [path, content] of Object.entries(contents)) {
      const full = join(this.home, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, typeof content === 'string' ? content : 'x'.repeat(content * MIB));
    }
  }

  /** A terminal of 80 columns, high enough for every screen of the pages. */
  async terminal(env: Record<string, string> = {}): Promise<Terminal> {
    const path = `${join(this.dir.path, 'bin')}:${process.env['PATH'] ?? ''}`;
    const account = { HOME: '/home/ada', NBKP_STATE_DIR: '/home/ada/.local/state/nbkp', PATH: path, NO_COLOR: '1' };
    const within = ['nsenter', '--target', String(this.machine.pid), '--mount', '--uts'];
    const terminal = new Terminal(new Sandbox(join(this.dir.path, 'terminal')), {
      ...{ columns: 80, rows: 150, env: { ...account, ...env }, within },
    });
    this.#terminals.push(terminal);
    terminal.run('unset -f nbkp; unset NBKP_SPEC; cd');
    await terminal.ends();
    return terminal;
  }

  async end(): Promise<void> {
    for (const terminal of this.#terminals) terminal.close();
    this.machine.kill();
    await once(this.machine, 'exit');
    await this.dir.remove();
  }
}
