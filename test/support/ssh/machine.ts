import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../sandbox.ts';

const FIRST_PROCESS = fileURLToPath(new URL('machine.sh', import.meta.url));
const SMALL_BOX = fileURLToPath(new URL('small-box.sh', import.meta.url));
/** However it ends, the test's process takes the machine with it; and the machine, all of its processes. */
const IN_NAMESPACES = ['--pdeathsig', 'KILL', 'unshare', '--net', '--mount', '--pid', '--fork', '--kill-child'];

/** Whether the servers of tests are small boxes. */
export const HAS_SMALL_BOXES = process.env['NBKP_TEST_SERVER'] === 'small-box';

export interface SshdOptions {
  /** 22 by default. */
  port?: number;
  /** More lines for sshd_config. */
  config?: readonly string[];
}

/**
 * A machine of a test network: namespaces of its own on this machine's files, in which root's home is `home`, so that
 * nothing of the real user's OpenSSH configuration is used or changed.
 */
export class SshMachine {
  readonly home: string;
  /** For `nsenter --net=…`. */
  readonly network: string;
  /** Before a command: runs it in there. */
  readonly enter: readonly [string, ...string[]];
  #servers = 0;

  private constructor(
    readonly name: string,
    readonly folder: string,
    private readonly process: ChildProcess,
  ) {
    this.home = join(folder, 'home');
    this.network = `/proc/${this.pid}/ns/net`;
    const [mount, pid] = ['mnt', 'pid_for_children'].map((kind) => `/proc/${this.pid}/ns/${kind}`);
    this.enter = ['nsenter', `--net=${this.network}`, `--mount=${mount}`, `--pid=${pid}`, 'env', `HOME=${this.home}`];
  }

  /** For `ip link … netns PID`. */
  get pid(): number {
    return this.process.pid ?? 0;
  }

  /** @param folder where it keeps its files; it is made */
  static async start(name: string, folder: string): Promise<SshMachine> {
    mkdirSync(join(folder, 'home', '.ssh'), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, 'hosts'), '127.0.0.1 localhost\n');
    const child = spawn('setpriv', [...IN_NAMESPACES, '--mount-proc', FIRST_PROCESS, folder], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const machine = new SshMachine(name, folder, child);
    await new Promise<void>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('ready\n')) resolve();
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
      child.once('error', reject);
      child.once('close', () => reject(new Error(`The machine ${name} could not be started:\n${said}`)));
    });
    await machine.must(`ssh-keygen -q -t ed25519 -N '' -f ${this.keyIn(machine)}`);
    return machine;
  }

  private static keyIn(machine: SshMachine): string {
    return join(machine.home, '.ssh', 'id_ed25519');
  }

  /** Runs a script of POSIX sh as root in there to its end. */
  run(script: string): Promise<Answer> {
    const [program, ...args] = this.enter;
    const child = spawn(program, [...args, 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    });
  }

  /** Runs a script that has to succeed. Resolves to its output without the last newline. */
  async must(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(`set -e\n${script}`);
    if (code !== 0) throw new Error(`On ${this.name} (${code ?? 'killed'}): ${script}\n${stdout}${stderr}`);
    return stdout.replace(/\n$/, '');
  }

  /** Lets a name be found, in addition to those of the cables. */
  addHost(address: string, name: string): void {
    appendFileSync(join(this.folder, 'hosts'), `${address} ${name}\n`);
  }

  /**
   * Starts a server with a host key of its own. It accepts connections when this resolves. With `NBKP_TEST_SERVER=small-box`
   * it is a small box, unless it needs lines of sshd_config.
   */
  async startSshd({ port = 22, config = [] }: SshdOptions = {}): Promise<void> {
    if (HAS_SMALL_BOXES && config.length === 0) return this.startSmallBox(port);
    const own = join(this.folder, `sshd-${++this.#servers}`);
    mkdirSync(own, { mode: 0o755 });
    const lines = [
      `Port ${port}`,
      `HostKey ${own}/host-key`,
      `PidFile ${own}/pid`,
      'UsePAM no',
      'PermitRootLogin yes',
      'PasswordAuthentication no',
      'StrictModes no',
      ...config,
      'Subsystem sftp internal-sftp',
    ];
    writeFileSync(join(own, 'config'), `${lines.join('\n')}\n`);
    await this.must(`ssh-keygen -q -t ed25519 -N '' -f ${own}/host-key
      /usr/sbin/sshd -f ${own}/config -E ${own}/log`);
  }

  /** Starts dropbear in a root that has only busybox, rsync and this machine's home, with all that is mounted there. */
  async startSmallBox(port = 22): Promise<void> {
    const own = join(this.folder, `sshd-${++this.#servers}`);
    mkdirSync(own, { mode: 0o755 });
    const there = `chroot ${own}/root /bin/env -i PATH=/bin`;
    await this.must(`${SMALL_BOX} ${own}/root ${this.home}
      ${there} dropbearkey -t ed25519 -f /etc/host-key 2>/dev/null | grep ^ssh- >${own}/host-key.pub
      ${there} dropbear -r /etc/host-key -p ${port} -s -E -P /var/run/pid >/dev/null 2>${own}/log
      ln -s root/var/run/pid ${own}/pid`);
  }

  /** Ends the listening servers. Their connections go on. */
  async stopSshd(): Promise<void> {
    await this.must(`for file in ${this.folder}/sshd-*/pid; do kill "$(cat "$file")"; done`);
  }

  /** What the latest server wrote. */
  sshdLog(): string {
    return readFileSync(join(this.folder, `sshd-${this.#servers}`, 'log'), 'utf8');
  }

  /** Lets another machine's root in. */
  authorize(client: SshMachine): void {
    const key = readFileSync(`${SshMachine.keyIn(client)}.pub`, 'utf8');
    appendFileSync(join(this.home, '.ssh', 'authorized_keys'), key);
  }

  /** The latest server's host key, for a line in known_hosts. */
  hostKey(): string {
    const [type, key] = readFileSync(join(this.folder, `sshd-${this.#servers}`, 'host-key.pub'), 'utf8').split(' ');
    return `${type} ${key}`;
  }

  /** Makes this machine know another's host key, under a name as known_hosts has it: `hub.lan`, `[hub.wan]:2222`. */
  know(server: SshMachine, ...names: string[]): void {
    const lines = names.map((name) => `${name} ${server.hostKey()}\n`);
    appendFileSync(join(this.home, '.ssh', 'known_hosts'), lines.join(''));
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }
}
