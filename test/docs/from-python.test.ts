import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(`${ROOT}docs/from-python-nbkp.md`, 'utf8');

interface Manifest {
  commands: Record<string, { flags: Record<string, { allowNo?: boolean }> }>;
}

/** Every command and flag of the Python tool, from its own reference. */
const THERE = [
  ...['run', 'sh', 'config show', 'credentials keyring-status', 'disks mount', 'disks umount', 'disks status'],
  ...['disks setup-auth', 'ordering graph', 'preflight check', 'preflight troubleshoot', 'snapshots prune'],
  ...['snapshots show', 'demo output', 'demo seed', '--dry-run', '--sync', '--progress', '--prune', '--no-prune'],
  ...['--output', '--config', '--location', '--exclude-location', '--network', '--mount', '--no-mount', '--no-umount'],
  ...['--strictness ignore-none', '--strictness ignore-inactive', '--strictness ignore-all', '--install-completion'],
];

describe('the page for those who come from the Python tool', () => {
  const { commands } = JSON.parse(readFileSync(`${ROOT}oclif.manifest.json`, 'utf8')) as Manifest;
  const rows = PAGE.split('\n').filter((line) => line.startsWith('|'));

  it.each(THERE)('says what becomes of %s', (words) => {
    const there = rows.flatMap((row) => row.split('|')[1]?.match(/`[^`]+`/g) ?? []);
    expect(there.some((each) => ` ${each.replaceAll('`', '')} `.includes(` ${words} `))).toBe(true);
  });

  it('names only commands and flags that there are', () => {
    const named = [...PAGE.matchAll(/`(nbkp [^`]+)`/g)].map(([, text = '']) => text);
    expect(named.length).toBeGreaterThan(25);
    for (const text of named) {
      const words = text.split(' ').slice(1);
      const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      const path = words.filter((word) => /^[a-z]+$/.test(word));
      const name = [path.slice(0, 2).join(':'), path[0] ?? ''].find((each) => each in commands);
      expect(name, text).toBeDefined();
      const known = commands[name ?? '']?.flags ?? {};
      for (const flag of flags)
        expect([text, flag.replace(/^no-/, '') in known || flag in known]).toEqual([text, true]);
    }
  });
});
