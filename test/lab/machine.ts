import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Answer } from '../support/sandbox.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));
/** However it ends, the test's process takes the machine with it; and the machine, all of its processes. */
const IN_NAMESPACES = ['--pdeathsig', 'KILL', 'unshare', '--net', '--mount-proc', '--pid', '--fork', '--kill-child'];

/** A Linux of its own with udev, udisks2, polkit and LUKS: user-mode Linux on this machine's files. Needs root. */
export class Machine {
  /** Where the machine's network is: `nsenter --net=…`. */
  readonly network: string;
  /** Where this machine sees what the other has as /run/lab. */
  readonly folder: string;
  #jobs = 0;
  #ended = false;
  readonly #waiting = new Map<string, () => void>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly port: Duplex,
    private readonly log: () => string,
  ) {
    this.network = `/proc/${process.pid ?? 0}/ns/net`;
    this.folder = `/proc/${process.pid ?? 0}/root/mnt`;
  }

  /** Boots one. It takes some ten seconds. */
  static async start(): Promise<Machine> {
    const words = [HERE, process.execPath, process.env['VITEST_POOL_ID'] ?? '0'];
    const child = spawn('setpriv', [...IN_NAMESPACES, join(HERE, 'host.sh'), ...words], {
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    });
    let log = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (log += text));
    }
    const port = child.stdio[3] as Duplex;
    const machine = new Machine(child, port, () => log);
    const ready = machine.#answerTo('ready');
    machine.#listen();
    await ready;
    return machine;
  }

  /** Runs a bash script as root in the machine to its end; `guest/functions.sh` is at hand. Several can run at once. */
  async run(script: string): Promise<Answer> {
    const number = String(++this.#jobs);
    const folder = join(this.folder, 'jobs', number);
    mkdirSync(folder);
    writeFileSync(join(folder, 'script'), script);
    const answer = this.#answerTo(number);
    this.port.write(`${number}\n`);
    await answer;
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const ended = { code: Number(read('code')), signal: null, stdout: read('stdout'), stderr: read('stderr') };
    rmSync(folder, { recursive: true });
    return ended;
  }

  /** Runs a script that has to succeed. Resolves to its output without the last newline. */
  async must(script: string): Promise<string> {
    const { code, stdout, stderr } = await this.run(`set -e\n${script}`);
    if (code !== 0) throw new Error(`In the lab (${code ?? 'killed'}): ${script}\n${stdout}${stderr}${this.log()}`);
    return stdout.replace(/\n$/, '');
  }

  /** Turns it off. What was written in it is gone. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    const ended = new Promise((resolve) => this.process.once('close', resolve));
    this.process.kill('SIGKILL');
    await ended;
  }

  #answerTo(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error(`The lab's machine ended.\n${this.log()}`));
      if (this.#ended) return fail();
      this.process.once('close', fail);
      this.#waiting.set(line, () => {
        this.process.off('close', fail);
        resolve();
      });
    });
  }

  #listen(): void {
    let rest = '';
    this.port.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split(/\r*\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        this.#waiting.get(line)?.();
        this.#waiting.delete(line);
      }
    });
    this.process.once('close', () => (this.#ended = true));
  }
}
