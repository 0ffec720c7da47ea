import { describe, expect, it } from 'vitest';
import { importPythonSpec } from '../../../../src/planner/import/index.ts';

/** A configuration without a mistake, to which a test adds what it is about. */
const BASE = `volumes:
  laptop: {type: local, path: /home/ada}
  usb: {type: local, path: /mnt/usb}
sync-endpoints:
  from: {volume: laptop}
  to: {volume: usb, subdir: copy}
syncs:
  all: {source: from, destination: to, rsync-options: {extra-options: [--safe-links]}}
`;

const HERE = {
  directory: '/home/ada',
  read: (path: string) => (path === '/home/ada/ignore' ? ['*.o', '', '+ keep.o', '- *.tmp'] : null),
};

/** Severity, code and place of each finding. */
function remarksOn(text: string): string[] {
  return importPythonSpec(text, 'config.yaml', HERE).findings.map(
    ({ severity, code, location }) => `${severity} ${code} ${location?.line ?? 0}:${location?.column ?? 0}`,
  );
}

function tomlOf(text: string): string {
  const imported = importPythonSpec(text, 'config.yaml', HERE);
  return imported.ok ? imported.value : imported.findings.map(({ message }) => message).join('\n');
}

describe('importing a configuration of the Python tool', () => {
  it('has nothing to say about one that means the same in nbkp', () => {
    expect(remarksOn(BASE)).toEqual([]);
  });

  it('refuses what is nested without end, and half a character, at their places', () => {
    expect(remarksOn(BASE.replace('/mnt/usb', '"/mnt/\\ud800"'))).toEqual(['error yaml-syntax 3:28']);
    expect(remarksOn(`a: 1\nb: ${'['.repeat(120)}${']'.repeat(120)}\n`)).toEqual(['error yaml-syntax 2:104']);
    expect(remarksOn(`a:\n  ${'- '.repeat(120)}b\n`)).toEqual(['error yaml-syntax 2:1']);
  });

  it('reads yes, no, on and off as YAML 1.1 does', () => {
    expect(tomlOf(BASE.replace('destination: to', 'destination: to, enabled: off'))).toContain('enabled = false');
  });

  it('takes a value and its option, written as two words, for one option', () => {
    const text = BASE.replace('[--safe-links]', "[--safe-links, --bwlimit, '500', -B, '4096']");
    expect(tomlOf(text)).toContain('rsync.extra-options = ["--safe-links", "--bwlimit=500", "-B4096"]');
  });

  it('makes filters of rules that were written as options', () => {
    const text = BASE.replace('[--safe-links]', "[--safe-links, --exclude, '*.o', '--filter=+ *.c']");
    expect(tomlOf(text)).toContain('filters = [{ exclude = "*.o" }, "+ *.c"]');
  });

  it('keeps texts with quotes, backslashes and signs of other scripts as they are', () => {
    const text = BASE.replace('subdir: copy', 'subdir: \'a "b" \\c ü\'');
    expect(tomlOf(text)).toContain(String.raw`destination = "usb:a \"b\" \\c ü"`);
  });

  it('writes a relative path of a server as one in the home directory, where ssh starts', () => {
    const text = `ssh-endpoints:\n  pi: {host: pi}\n${BASE.replace('{type: local, path: /mnt/usb}', '{type: remote, ssh-endpoint: pi, path: backups}')}`;
    expect(tomlOf(text)).toContain('path = "~/backups"');
  });

  it.each([
    ['YAML that cannot be read', 'volumes: [1\nsyncs: 2', ['error yaml-syntax 2:1']],
    ['two documents', `${BASE}---\na: 1\n`, ['error yaml-syntax 9:1']],
    ['a file of another program', 'services:\n  web: {image: nginx}\n', ['error import-foreign-file 1:1']],
    ['an empty file', '', ['error import-foreign-file 1:1']],
    ['a key that the Python tool ignores', `${BASE}max-age: 7d\n`, ['warning unknown-key 9:1']],
    ['a table where text belongs', BASE.replace('/mnt/usb', '{a: 1}'), ['error wrong-type 3:28']],
    ['an unquoted ~, which is null', BASE.replace('/home/ada', '~'), ['error missing-key 2:11']],
    [
      'an endpoint that is not there',
      BASE.replace('source: from', 'source: form'),
      ['warning import-left-out 5:3', 'error unknown-reference 8:17'],
    ],
    [
      'a copy onto itself',
      BASE.replace('destination: to', 'destination: from'),
      ['warning import-left-out 6:3', 'error destination-is-source 8:36'],
    ],
    ['a path that climbs', BASE.replace('/mnt/usb', '/mnt/usb/../x'), ['error path-climbs 3:28']],
    [
      'two keys that exclude each other',
      `ssh-endpoints:\n  pi: {host: pi, proxy-jump: a, proxy-jumps: [a]}\n  a: {host: a}\n${BASE}`,
      ['error conflicting-keys 2:46'],
    ],
    [
      'an option that changes what is copied',
      BASE.replace('--safe-links', '--safe-links, --files-from=list'),
      ['error import-left-out 8:86'],
    ],
    [
      'a word that rsync takes for a source',
      BASE.replace('--safe-links', '--safe-links, --checksum, foo'),
      ['error import-left-out 8:98'],
    ],
    [
      'a filter that rsync does not know',
      BASE.replace('to, rs', "to, filters: ['x y'], rs"),
      ['error filter-not-understood 8:50'],
    ],
  ])('says where the mistake is in %s', (_, text, remarks) => {
    expect(remarksOn(text)).toEqual(remarks);
  });

  it('is not slowed down by aliases of aliases, nor caught in one that contains itself', () => {
    const levels = Array.from({ length: 60 }, (_, index) => `x${index + 1}: &x${index + 1} [*x${index}, *x${index}]`);
    expect(remarksOn(`x0: &x0 [1]\n${levels.join('\n')}\n${BASE}`)).toHaveLength(61);
    expect(remarksOn(`loop: &loop [*loop]\n${BASE}`)).toEqual(['warning unknown-key 1:1']);
  });
});
