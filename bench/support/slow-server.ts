import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { run } from './process.ts';

/** Milliseconds for a server of this machine to begin to listen. */
const STARTS_MS = 10_000;

export interface SlowServer {
  /** Options of OpenSSH with which it is reached. */
  options: Record<string, string>;
  /** The same as words of `ssh`. */
  words: string[];
  stop(): void;
}

/** Starts an sshd on this machine that seems to be far away. @param delay milliseconds, there and back @param rate Mbit/s */
export async function startServer(path: string, delay: number, rate?: number): Promise<SlowServer> {
  const own = join(path, 'sshd');
  const port = await freePort();
  mkdirSync(own, { mode: 0o700, recursive: true });
  for (const key of ['host', 'user']) await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(own, key)]);
  const config = [
    ...[
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${own}/host`,
      'PidFile none',
      'UsePAM no',
      'StrictModes no',
    ],
    ...[`AuthorizedKeysFile ${own}/user.pub`, 'PermitRootLogin yes'],
    // What the shell of whoever measures does in each session (.bashrc) is none of this.
    `SetEnv HOME=${own}`,
  ];
  writeFileSync(join(own, 'config'), config.map((line) => `${line}\n`).join(''));
  mkdirSync('/run/sshd', { recursive: true });
  const child = spawn('/usr/sbin/sshd', ['-D', '-f', join(own, 'config'), '-E', join(own, 'log')], { stdio: 'ignore' });
  writeFileSync(join(own, 'known'), `* ${readFileSync(join(own, 'host.pub'), 'utf8')}`);
  const relay = `${process.execPath} ${join(process.cwd(), 'bench/support/slow-relay.cjs')} ${port} ${delay} ${path}/trips ${rate ?? ''}`;
  const options = {
    ProxyCommand: relay,
    IdentityFile: join(own, 'user'),
    UserKnownHostsFile: join(own, 'known'),
    IdentitiesOnly: 'yes',
    BatchMode: 'yes',
    User: process.env['USER'] ?? 'root',
  };
  const words = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await listening(port, join(own, 'log'));
  return { options, words, stop: () => void child.kill() };
}

/** A port that nobody listens on, so that two measurements at once do not meet. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function listening(port: number, log: string): Promise<void> {
  const until = performance.now() + STARTS_MS;
  while (!(await answers(port))) {
    if (performance.now() > until) throw new Error(`sshd does not listen on port ${port}: see ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const answer = Promise.race([once(socket, 'connect').then(() => true), once(socket, 'close').then(() => false)]);
  return answer.catch(() => false).finally(() => socket.destroy());
}

/** The tables of a spec that tell how an endpoint is reached. */
export function sshTables(name: string, options: Readonly<Record<string, string>>): string {
  const lines = Object.entries(options).map(([option, value]) => `${option} = "${value}"\n`);
  return `[ssh.${name}]\nhost = "${name}"\n[ssh.${name}.options]\n${lines.join('')}`;
}
