import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Sandbox } from '../support/sandbox.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());
const box = new Sandbox(dir.path);
const at = (...parts: string[]): string => join(dir.path, ...parts);

/** What the Python tool passes to rsync before all else. */
const DEFAULTS = ['-a', '--delete', '--delete-excluded', '--partial-dir=.rsync-partial', '--safe-links'];
const PROTECTION = ['--filter=H .nbkp-*', '--filter=P .nbkp-*'];

interface Case {
  override?: string[];
  extra?: string[];
  filters?: string[];
  file?: string;
}

const CASES: Record<string, Case> = {
  plain: {},
  'filter-in-two-words': { extra: ['--filter', '- *.tmp', '-f', '- *.bak'] },
  'exclude-that-begins-with-a-hyphen': { extra: ['--exclude', '-foo'] },
  'per-directory': { extra: ['-F'] },
  'per-directory-twice': { extra: ['-FF'] },
  cvs: { extra: ['-C'], filters: ['+ core'], file: 'rules' },
  'patterns-of-a-file': { extra: ['--exclude-from', 'patterns'] },
  override: { override: ['-rlt', '-P', '--delete', ...PROTECTION] },
};

/** As JSON, which is YAML too. */
function configuration(): string {
  const names = Object.keys(CASES);
  return JSON.stringify({
    volumes: { laptop: { type: 'local', path: 'laptop' }, usb: { type: 'local', path: at('usb') } },
    'sync-endpoints': {
      from: { volume: 'laptop', subdir: 'data' },
      ...Object.fromEntries(names.map((name) => [name, { volume: 'usb', subdir: name }])),
    },
    syncs: Object.fromEntries(
      Object.entries(CASES).map(([name, { override, extra, filters, file }]) => [
        name,
        {
          source: 'from',
          destination: name,
          'rsync-options': { 'default-options-override': override ?? null, 'extra-options': extra ?? [] },
          filters: filters ?? [],
          'filter-file': file ?? null,
        },
      ]),
    ),
  });
}

/** What rsync makes of the options as the Python tool hands them over. */
function copyAsThere(name: string, { override, extra = [], filters = [], file }: Case): string {
  const target = at('there', name);
  mkdirSync(target, { recursive: true });
  const options = override ?? [...DEFAULTS, ...PROTECTION];
  const rules = [
    ...filters.map((rule) => `--filter=${rule}`),
    ...(file === undefined ? [] : [`--filter=merge ${file}`]),
  ];
  execFileSync('rsync', [...options, ...extra, ...rules, `${at('laptop/data')}/`, `${target}/`], { cwd: dir.path });
  return target;
}

function entriesIn(folder: string): string[] {
  const found = execFileSync('find', ['.', '-mindepth', '1', '-printf', '%P %y %s %T@ %l\\n'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return found
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('.nbkp-'))
    .sort();
}

describe('a configuration of the Python tool, imported and run', () => {
  const names = [
    'a.txt',
    'a.tmp',
    'a.bak',
    'a.o',
    'keep.o',
    '-foo',
    'foo',
    'core',
    'sub/secret',
    'sub/plain',
    'sub/b.tmp',
  ];
  box.files({
    ...Object.fromEntries(names.map((name) => [`laptop/data/${name}`, name])),
    'laptop/data/sub/.rsync-filter': '- secret\n',
    'laptop/.nbkp-vol': '',
    'laptop/data/.nbkp-src': '',
    'usb/.nbkp-vol': '',
    ...Object.fromEntries(Object.keys(CASES).map((name) => [`usb/${name}/.nbkp-dst`, ''])),
    rules: '- a.txt\n',
    patterns: '# objects\n+ keep.o\n*.o\n- *.tmp\n',
    'config.yaml': configuration(),
  });
  symlinkSync('../../elsewhere', at('laptop/data/leads-out'));
  symlinkSync('a.txt', at('laptop/data/leads-in'));
  // rsync compares whole seconds: what is made in the second of the source's own keeps its digits.
  const old = ['-h', '-d', '2020-01-01T00:00:00.5Z'];
  execFileSync('find', [at('laptop/data'), '-depth', '-exec', 'touch', ...old, '{}', '+']);

  it('becomes a spec without an error', () => {
    const imported = box.nbkp('spec', 'import', 'config.yaml', '--out', box.spec);
    expect(imported.code, imported.stderr).toBe(0);
    expect(box.nbkp('spec', 'validate')).toMatchObject({ code: 0 });
    const ran = box.nbkp('run');
    expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  });

  it.each(Object.entries(CASES))('copies what rsync copies there: %s', (name, each) => {
    expect(entriesIn(at('usb', name))).toEqual(entriesIn(copyAsThere(name, each)));
  });

  it('has nothing to do the second time, and nothing is lost', () => {
    const again = box.nbkp('plan', '--json', '--files');
    const { steps } = JSON.parse(again.stdout) as Plan;
    const estimates = steps.filter(({ kind }) => kind === 'transfer').map(({ estimate }) => estimate);
    expect(estimates).toHaveLength(Object.keys(CASES).length);
    for (const estimate of estimates) expect(estimate).toMatchObject({ creates: 0, updates: 0, deletes: 0 });
  });
});

describe('a configuration that cannot be imported whole', () => {
  it('becomes a draft that is a spec, with exit code 1', () => {
    box.files({
      'half.yaml': `volumes:
  laptop: {type: local, path: ${at('laptop')}}
  usb: {type: local, path: ${at('usb')}}
sync-endpoints:
  from: {volume: laptop, subdir: data}
  one: {volume: usb, subdir: one}
  two: {volume: usb, subdir: two}
syncs:
  one: {source: from, destination: one}
  # With a mistake.
  two: {source: from, destination: two, filters: [oops]}
`,
    });
    const imported = box.nbkp('spec', 'import', 'half.yaml', '--out', 'half.toml');
    expect(imported).toMatchObject({ code: 1, stdout: expect.stringContaining('nbkp spec validate --spec') as string });
    expect(imported.stderr).toContain('filter-not-understood');
    expect(readFileSync(at('half.toml'), 'utf8')).toContain(
      '# With a mistake.\n# Not imported: "oops" is not a filter',
    );
    expect(box.nbkp('spec', 'validate', '--spec', 'half.toml')).toMatchObject({ code: 0 });
  });
});

describe('a source that holds snapshots/ and latest of something else', () => {
  const one = '2026-03-06T14:30:00.000Z';
  const two = '2026-03-07T14:30:00.000Z';
  const subject = new Sandbox(at('mirror'));
  const write = (first: string): void => {
    subject.files({ [`drive/snapshots/${first}/letter`]: first, 'drive/note': 'not a snapshot' });
    execFileSync('ln', ['-sfn', `snapshots/${first}`, join(subject.root, 'drive/latest')]);
  };

  it('is copied as it is, again and again, and so is its copy', () => {
    write(one);
    subject.files({
      ...Object.fromEntries(['drive', 'second', 'third'].map((name) => [`${name}/.nbkp-vol`, ''])),
      'drive/.nbkp-src': '',
      'second/copy/.nbkp-dst': '',
      'second/copy/.nbkp-src': '',
      'third/copy/.nbkp-dst': '',
      'config.yaml': JSON.stringify({
        volumes: Object.fromEntries(
          ['drive', 'second', 'third'].map((name) => [name, { type: 'local', path: join(subject.root, name) }]),
        ),
        'sync-endpoints': {
          drive: { volume: 'drive' },
          second: { volume: 'second', subdir: 'copy' },
          third: { volume: 'third', subdir: 'copy' },
        },
        syncs: {
          mirror: { source: 'drive', destination: 'second' },
          again: { source: 'second', destination: 'third' },
        },
      }),
    });
    expect(subject.nbkp('spec', 'import', 'config.yaml', '--out', subject.spec).code).toBe(0);
    const tree = (name: string): string[] =>
      entriesIn(join(subject.root, name)).filter((line) => !line.startsWith('.nbkp-'));
    for (const next of [one, two]) {
      write(next);
      const ran = subject.nbkp('run');
      expect(ran.code, ran.stdout + ran.stderr).toBe(0);
      expect(tree('second/copy')).toEqual(tree('drive'));
      expect(tree('third/copy')).toEqual(tree('drive'));
    }
  });
});
