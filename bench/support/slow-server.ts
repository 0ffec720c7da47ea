import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './process.ts';

const PORT = 47_022;

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
  mkdirSync(own, { mode: 0o700, recursive: true });
  for (const key of ['host', 'user']) await run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', join(own, key)]);
  writeFileSync(
    join(own, 'config'),
    `Port ${PORT}\nListenAddress 127.0.0.1\nHostKey ${own}/host\nPidFile none\nUsePAM no\nStrictModes no\nAuthorizedKeysFile ${own}/user.pub\nPermitRootLogin yes\n`,
  );
  mkdirSync('/run/sshd', { recursive: true });
  const child = spawn('/usr/sbin/sshd', ['-D', '-f', join(own, 'config'), '-E', join(own, 'log')], { stdio: 'ignore' });
  writeFileSync(join(own, 'known'), `* ${readFileSync(join(own, 'host.pub'), 'utf8')}`);
  const relay = `${process.execPath} ${join(process.cwd(), 'bench/support/slow-relay.cjs')} ${PORT} ${delay} ${path}/trips ${rate ?? ''}`;
  const options = {
    ProxyCommand: relay,
    IdentityFile: join(own, 'user'),
    UserKnownHostsFile: join(own, 'known'),
    IdentitiesOnly: 'yes',
    BatchMode: 'yes',
    User: process.env['USER'] ?? 'root',
  };
  const words = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await new Promise((resolve) => setTimeout(resolve, 300));
  return { options, words, stop: () => void child.kill() };
}

/** The tables of a spec that tell how an endpoint is reached. */
export function sshTables(name: string, options: Readonly<Record<string, string>>): string {
  const lines = Object.entries(options).map(([option, value]) => `${option} = "${value}"\n`);
  return `[ssh.${name}]\nhost = "${name}"\n[ssh.${name}.options]\n${lines.join('')}`;
}
