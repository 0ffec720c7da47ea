import { describe, expect, it } from 'vitest';
import { commandFirst } from '../../../src/commands/command-first.ts';
import { mannerOf } from '../../../src/commands/manner.ts';

describe('mannerOf', () => {
  const plain = { json: false, quiet: false, verbosity: 0, logFile: null, syslog: false };

  it.each([
    ['', {}],
    ['-q --json', { quiet: true, json: true }],
    ['-yq', { quiet: true }],
    ['-v', { verbosity: 1 }],
    ['-vv', { verbosity: 2 }],
    ['-v --verbose -v', { verbosity: 2 }],
    ['--log-file a.log --syslog', { logFile: 'a.log', syslog: true }],
    ['--log-file=a=b', { logFile: 'a=b' }],
    ['-cvq', {}],
    ['-- -q --json', {}],
  ])('of %j is %j', (words, part) => {
    expect(mannerOf(words.split(' '))).toEqual({ ...plain, ...part });
  });
});

describe('commandFirst', () => {
  it.each([
    ['plan -q', 'plan -q'],
    ['-c a.toml plan --files', 'plan --files -c a.toml'],
    ['-q --only a,b run', 'run -q --only a,b'],
    ['--spec=a.toml restore x -- -y', 'restore x --spec=a.toml -- -y'],
    ['--version', '--version'],
    ['-c a.toml', '-c a.toml'],
    ['-q -- plan', '-q -- plan'],
    ['', ''],
  ])('makes %j to %j', (words, expected) => {
    expect(commandFirst(words.split(' ')).join(' ')).toBe(expected);
  });
});
