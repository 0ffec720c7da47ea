import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Transport } from '../hosts/transport/transport.ts';

/** What a spec says of a server of the demo. */
export interface DemoServer {
  key: string;
  knownHosts: string;
  proxyCommand: string;
  disk: string;
}

/** The name that its host key is known by. */
const ALIAS = 'nbkp-demo';

/**
 * A server without a port: `sshd -i` speaks on its standard input and output, and ssh starts it as a ProxyCommand for each
 * connection. So nothing listens, and nothing stays when the demo's folder is removed.
 *
 * @param folder is made
 * @returns why there is none, as a text, where sshd is not installed or lets nobody in; then the folder is not there
 */
export async function makeServer(folder: string, local: Transport, signal: AbortSignal): Promise<DemoServer | string> {
  // The path goes through ssh, a shell and sshd, and each reads such characters in its own way.
  if (!/^[\w./@+-]+$/.test(folder)) return 'its folder has characters in its path that ssh reads otherwise.';
  const found = await local.run(['sh', '-c', 'PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin; command -v sshd'], {
    signal,
  });
  const sshd = found.stdout.toString().trim();
  if (found.code !== 0 || !sshd.startsWith('/')) return 'sshd is not installed.';
  const config = join(folder, 'sshd_config');
  const server = {
    key: join(folder, 'key'),
    knownHosts: join(folder, 'known_hosts'),
    proxyCommand: `${sshd} -i -f ${config}`,
    disk: join(folder, 'disk'),
  };
  mkdirSync(server.disk, { recursive: true });
  const hostKey = join(folder, 'host_key');
  for (const key of [hostKey, server.key]) {
    const made = await local.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', ALIAS, '-f', key], { signal });
    if (made.code !== 0) return without(folder, made.stderr);
  }
  const authorized = join(folder, 'authorized_keys');
  writeFileSync(authorized, readFileSync(`${server.key}.pub`));
  writeFileSync(server.knownHosts, `${ALIAS} ${readFileSync(`${hostKey}.pub`, 'utf8')}`);
  writeFileSync(config, configuration(hostKey, authorized));
  chmodSync(folder, 0o700);
  for (const attempt of [[sshd, '-t', '-f', config], loginCommand(server)]) {
    const { code, stderr } = await local.run(attempt, { signal });
    if (code !== 0) return without(folder, stderr);
  }
  return server;
}

function configuration(hostKey: string, authorized: string): string {
  return [
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${authorized}`,
    'AuthenticationMethods publickey',
    'PermitRootLogin prohibit-password',
    // What is above the demo's folder, such as /tmp, is writable for all.
    'StrictModes no',
    'PidFile none',
    '',
  ].join('\n');
}

function loginCommand({ key, knownHosts, proxyCommand }: DemoServer): string[] {
  const options = {
    BatchMode: 'yes',
    HostKeyAlias: ALIAS,
    IdentitiesOnly: 'yes',
    IdentityFile: key,
    LogLevel: 'ERROR',
    ProxyCommand: proxyCommand,
    UserKnownHostsFile: knownHosts,
  };
  return [
    'ssh',
    ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    '127.0.0.1',
    'true',
  ];
}

function without(folder: string, said: readonly string[]): string {
  rmSync(folder, { recursive: true });
  return `sshd lets nobody in (${said[0]?.trim() ?? 'without a word'}).`;
}
