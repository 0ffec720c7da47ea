import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { shellLine, sshArguments, sshByHand } from '../../../../src/planner/ssh/arguments.ts';
import { endpoints } from '../../../support/ssh/endpoints.ts';

/** What the real ssh makes of it: `ssh -G` prints its whole configuration and connects to nothing. */
function understood(words: readonly string[]): Map<string, string> {
  const text = execFileSync('ssh', ['-F', 'none', '-G', ...words], { encoding: 'utf8' });
  const pairs = text.split('\n').map((line): [string, string] => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)];
  });
  return new Map(pairs);
}

describe('what ssh is told of an endpoint', () => {
  test('everything that the spec says', () => {
    const ssh = endpoints({
      hub: {
        host: 'hub.example.org',
        port: 2222,
        user: 'backup',
        key: '/keys/100% mine',
        knownHostsFile: '/keys/known "hosts"',
        connectTimeout: 3,
        serverAliveInterval: 7,
        compress: true,
        forwardAgent: false,
        options: { ciphers: 'aes128-ctr' },
      },
    });
    expect(Object.fromEntries(understood(sshArguments('hub', ssh)))).toMatchObject({
      hostname: 'hub.example.org',
      port: '2222',
      user: 'backup',
      identityfile: '/keys/100%% mine',
      identitiesonly: 'yes',
      userknownhostsfile: '/keys/known "hosts"',
      connecttimeout: '3',
      serveraliveinterval: '7',
      compression: 'yes',
      forwardagent: 'no',
      ciphers: 'aes128-ctr',
      stricthostkeychecking: 'true',
      batchmode: 'yes',
    });
  });

  test('nothing of what the spec leaves to the user’s own configuration', () => {
    const words = sshArguments('nas', endpoints({ nas: {} }));
    expect(words.slice(-2)).toEqual(['--', 'nas']);
    expect(words.join(' ')).not.toMatch(/ -[pl] |IdentityFile|KnownHosts|Compression|ForwardAgent|ProxyCommand/);
  });

  test('raw options cannot make it ask, and can be used for what nbkp has no key for', () => {
    const ssh = endpoints({ hub: { options: { BatchMode: 'no', HostKeyAlias: 'other' } } });
    const config = understood(sshArguments('hub', ssh));
    expect([config.get('batchmode'), config.get('hostkeyalias')]).toEqual(['yes', 'other']);
  });

  test('machines on the way keep their own settings, however deep, and names survive every shell between', () => {
    const ssh = endpoints({
      outer: { host: 'outer.example.org', port: 2201, key: "/it's\\/50%" },
      inner: { host: 'inner', user: 'jump', proxyJump: ['outer'] },
      hub: { proxyJump: ['inner'] },
    });
    const proxy = understood(sshArguments('hub', ssh)).get('proxycommand') ?? '';
    expect(wordsOf(expanded(proxy, 'hub', '22')).slice(-4)).toEqual(['-W', '[hub]:22', '--', 'inner']);
    const inner = wordsOf(expanded(proxy, 'hub', '22'));
    const innerProxy = inner.find((word) => word.startsWith('ProxyCommand='))?.slice('ProxyCommand='.length) ?? '';
    const outer = wordsOf(expanded(innerProxy, 'inner', '22'));
    expect(outer).toEqual(
      expect.arrayContaining(['-p', '2201', `IdentityFile="/it's\\\\/50%%"`, '-W', '[inner]:22', 'outer.example.org']),
    );
    expect(inner).toEqual(expect.arrayContaining(['-l', 'jump']));
  });

  test('a list of jumps is passed in its order', () => {
    const ssh = endpoints({ a: {}, b: { proxyJump: ['hub'] }, hub: { proxyJump: ['a', 'b'] } });
    const proxy = understood(sshArguments('hub', ssh)).get('proxycommand') ?? '';
    const last = wordsOf(expanded(proxy, 'hub', '22'));
    expect(last.at(-1)).toBe('b');
    const first = last.find((word) => word.startsWith('ProxyCommand=')) ?? '';
    expect(first).toMatch(/ a$/);
  });

  test('by hand it asks about keys', () => {
    const ssh = endpoints({ hub: { port: 2222, knownHostsFile: '~/hosts' } });
    const line = `ssh -p 2222 -o 'UserKnownHostsFile="~/hosts"' -o StrictHostKeyChecking=ask -- hub`;
    expect(shellLine(sshByHand('hub', ssh))).toBe(line);
  });
});

/** As ssh expands it before it hands it to a shell (TOKENS in ssh_config(5)). */
function expanded(text: string, host: string, port: string): string {
  const values: Record<string, string> = { '%%': '%', '%h': host, '%p': port };
  return text.replaceAll(/%[%hp]/g, (token) => values[token] ?? token);
}

/** The words that a real shell makes of a line. */
function wordsOf(line: string): string[] {
  return execFileSync('sh', ['-c', String.raw`printf '%s\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}
