import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findPackages,
  hookOf,
  PackageProblem,
  packageName,
  readUserPlugins,
  type PluginPackage,
} from '../../../src/store/plugin-packages.ts';
import { writeTrust } from '../../../src/store/plugin-trust.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const WHO = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

let dir: TempDir;
let data: string;
let project: string;
let state: string;

beforeEach(async () => {
  dir = await makeTempDir();
  [data, project, state] = ['data', 'work/project', 'state'].map((name) => join(dir.path, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(data);
  mkdirSync(project, { recursive: true });
});

afterEach(() => dir.remove());

/** Writes a package.json, and returns its folder. */
function lay(folder: string, content: unknown): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return folder;
}

const tar = (version: unknown = '1.2.3'): object => ({ name: 'tar', version, nbkp: { executors: ['tar'] } });

function found(projectDir: string | null = project): [PluginPackage[], string[]] {
  const { packages, findings } = findPackages(data, projectDir, WHO, state);
  return [packages, findings.map(({ code, message }) => `${code}: ${message}`)];
}

const brief = ([packages]: [PluginPackage[], string[]]): string[] =>
  packages.map(({ name, from, trusted }) => `${name} ${from}${trusted ? ' trusted' : ''}`);

function beside(...names: string[]): void {
  lay(project, { dependencies: Object.fromEntries(names.map((name) => [name, '*'])) });
}

function installed(...plugins: object[]): void {
  lay(data, { oclif: { plugins } });
}

function trust(root: string, version = '1.2.3', executors = ['tar'], name = 'tar'): void {
  const of = (each: string) => ({
    name: each,
    version: '1',
    kinds: [],
    uses: [],
    settings: { sync: null, spec: null },
  });
  const record = { package: name, version, executors: executors.map(of), trustedAt: '2026-03-10T12:00:00.000Z' };
  writeTrust(state, root, record);
}

describe('packages with executors', () => {
  it('are none where there are none', () => {
    expect(found()).toEqual([[], []]);
    expect(found(null)).toEqual([[], []]);
  });

  it('of this user may be run, installed or linked', () => {
    lay(join(data, 'node_modules/tar'), tar());
    const linked = lay(join(dir.path, 'mine'), { nbkp: { executors: ['mine'] } });
    installed({ name: 'tar', type: 'user' }, { name: 'mine', type: 'link', root: linked });
    const common = { trusted: true, record: null };
    expect(found()).toEqual([
      [
        {
          name: 'tar',
          version: '1.2.3',
          root: join(data, 'node_modules/tar'),
          from: 'user',
          executors: ['tar'],
          ...common,
        },
        { name: 'mine', version: '0.0.0', root: linked, from: 'link', executors: ['mine'], ...common },
      ],
      [],
    ]);
  });

  it('beside a spec are looked for as Node does, also above it and for development, and are not trusted', () => {
    lay(join(project, 'node_modules/near'), tar());
    lay(join(dirname(project), 'node_modules/far'), tar());
    lay(join(project, 'node_modules/plain'), { name: 'plain' });
    lay(project, { dependencies: { near: '1', plain: '1', gone: '1', odd: 7 }, devDependencies: { far: '1' } });
    expect(brief(found())).toEqual(['near project', 'far project']);
    expect(found()[1]).toEqual([]);
  });

  it('beside a spec are trusted as they were when somebody said so, and no other way', () => {
    beside('tar');
    const root = lay(join(project, 'node_modules/tar'), tar());
    trust(root);
    expect(brief(found())).toEqual(['tar project trusted']);
    for (const other of [
      () => trust(root, '1.2.4'),
      () => trust(root, '1.2.3', ['tar', 'x']),
      () => trust(root, '1.2.3', ['tar'], 'rat'),
    ]) {
      other();
      expect(brief(found())).toEqual(['tar project']);
      expect(found()[0][0]?.record).not.toBeNull();
    }
  });

  it('in both places are taken from beside the spec where that is trusted, else from this user', () => {
    beside('tar');
    const root = lay(join(project, 'node_modules/tar'), tar());
    lay(join(data, 'node_modules/tar'), tar());
    installed({ name: 'tar', type: 'user' });
    expect(brief(found())).toEqual(['tar user trusted']);
    trust(root);
    expect(brief(found())).toEqual(['tar project trusted']);
  });
});

describe('what cannot be used', () => {
  it.each<[string, unknown, string]>([
    ['names no executors', { name: 'tar' }, 'names no executors'],
    ['names none', { nbkp: { executors: [] } }, 'names no executors'],
    ['names something else', { nbkp: { executors: [7] } }, 'names no executors'],
    ['is no JSON', '{', 'is no JSON object'],
    ['is a list', '[]', 'is no JSON object'],
  ])('is told: a package that %s', (_, content, message) => {
    lay(join(data, 'node_modules/tar'), content);
    installed({ name: 'tar', type: 'user' });
    expect(found()).toEqual([[], [expect.stringContaining(message)]]);
    expect(found()[1][0]).toMatch(/^plugin-unreadable: The plugin tar /);
  });

  it('is told: a package that is not there, or in a place that cannot be read', () => {
    installed({ name: 'tar', type: 'user' });
    expect(found()).toEqual([[], [expect.stringContaining('node_modules/tar is not there')]]);
    mkdirSync(join(data, 'node_modules/tar/package.json'), { recursive: true });
    expect(found()).toEqual([[], [expect.stringContaining('EISDIR')]]);
  });

  it('is told: a list of plugins that is damaged', () => {
    lay(data, '{');
    expect(found()).toEqual([[], [expect.stringContaining('plugin-unreadable: The plugin package.json')]]);
  });

  it.each([
    ['the package', (root: string) => root],
    ['the folder of the plugins', () => data],
  ])('is code that others decide about: %s can be written to by everybody', (_, exposed) => {
    const root = lay(join(data, 'node_modules/tar'), tar());
    installed({ name: 'tar', type: 'user' });
    chmodSync(exposed(root), 0o777);
    expect(found()).toEqual([[], [expect.stringContaining('plugin-exposed')]]);
  });

  it('is what stands beside a spec that others decide about', () => {
    beside('tar');
    lay(join(project, 'node_modules/tar'), tar());
    chmodSync(project, 0o777);
    expect(found()).toEqual([[], [expect.stringContaining('plugin-exposed')]]);
  });
});

describe('the plugins of a user', () => {
  it('are those that are well described; everything else in the file stays', () => {
    const good = [
      { name: 'a', type: 'user' },
      { name: 'b', type: 'link', root: '/b' },
    ];
    const bad = [{ name: 'c' }, { name: 'd', type: 'link' }, { type: 'user' }, 'e', null];
    lay(data, { private: true, dependencies: { a: '1', b: 7 }, oclif: { schema: 1, plugins: [...good, ...bad] } });
    expect(readUserPlugins(data)).toEqual({
      ...{ private: true, dependencies: { a: '1' }, oclif: { schema: 1, plugins: good } },
    });
  });

  it.each<[string, unknown]>([
    ['nothing', {}],
    ['no list', { oclif: { plugins: 'a' } }],
    ['no object', { oclif: 'x', dependencies: 'y' }],
  ])('are none where there is %s', (_, content) => {
    lay(data, content);
    expect(readUserPlugins(data)).toMatchObject({ dependencies: {}, oclif: { plugins: [] } });
    expect(readUserPlugins(join(data, 'none'))).toEqual({ dependencies: {}, oclif: { plugins: [] } });
  });
});

describe('a hook of a package', () => {
  it.each(['./hook.js', { target: './hook.js' }, { target: './hook.js', identifier: 'load' }])('may be %j', (hook) => {
    lay(data, { oclif: { hooks: { executors: hook } } });
    expect(hookOf(data, 'executors')).toEqual({ hook, type: 'commonjs' });
    lay(data, { type: 'module', oclif: { hooks: { executors: hook } } });
    expect(hookOf(data, 'executors').type).toBe('module');
  });

  it.each<unknown>([
    {},
    { oclif: 7 },
    { oclif: { hooks: 7 } },
    ...[7, {}, { target: 7 }, { target: './x', identifier: 7 }].map((executors) => ({
      oclif: { hooks: { executors } },
    })),
  ])('is none in %j', (content) => {
    lay(data, content);
    expect(() => hookOf(data, 'executors')).toThrow('its package.json has no "oclif": { "hooks": { "executors":');
  });
});

it('the name of a package is that in its file', () => {
  expect(packageName(lay(data, { name: 'tar' }))).toBe('tar');
  for (const content of [{}, { name: 7 }]) expect(() => packageName(lay(data, content))).toThrow(PackageProblem);
  expect(() => packageName(join(data, 'none'))).toThrow('holds no package.json with a name');
});
