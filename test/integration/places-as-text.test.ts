import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Sandbox } from '../support/sandbox.ts';
import { newFolders } from '../support/tempdir.ts';

const newFolder = newFolders();

/** No program that gets its words from Node can be given such bytes. */
const WITH = (variable: string): string[] => [
  'sh',
  '-c',
  `${variable}=$(printf "%s/caf\\351" "$PWD") && export ${variable} && exec "$@"`,
  'sh',
];
const IN = ['sh', '-c', 'd=$(printf "caf\\351") && mkdir -p "$d" && cd "$d" && exec "$@"', 'sh'];

it.each(['HOME', 'NBKP_STATE_DIR', 'XDG_STATE_HOME', 'NBKP_SPEC'])(
  'a %s that is no text is refused, and no other place is made',
  (variable) => {
    const sandbox = new Sandbox(newFolder());
    sandbox.writeSpec(`version = 1\n[volumes.home]\npath = "~"\n`);
    const { code, stderr } = sandbox.nbkpThrough(WITH(variable), 'status');
    expect([code, stderr]).toEqual([
      64,
      expect.stringContaining(`The variable ${variable} has bytes that are not UTF-8`),
    ]);
    expect(readdirSync(sandbox.root).sort()).toEqual(['home', 'nbkp.toml']);
  },
);

it('a current folder whose name is no text is refused', () => {
  const sandbox = new Sandbox(newFolder());
  const { code, stderr } = sandbox.nbkpThrough(IN, 'init', '--spec', 'new.toml');
  expect([code, stderr]).toEqual([64, expect.stringContaining('The name of the current folder')]);
  expect(readdirSync(sandbox.root, 'latin1').sort()).toEqual(['caf\xe9', 'home']);
});

it('so is a word that is typed', () => {
  const sandbox = new Sandbox(newFolder());
  const typed = ['sh', '-c', 'exec "$@" "$(printf "caf\\351")"', 'sh'];
  const { code, stderr } = sandbox.nbkpThrough(typed, 'restore', 'docs', '--to');
  expect([code, stderr]).toEqual([64, expect.stringContaining('has bytes that are not UTF-8')]);
});
