import { describe, expect, it } from 'vitest';
import { buildRestore } from '../../../../src/planner/purposes/restore.ts';
import type { DirectoryFacts } from '../../../../src/planner/model/facts.ts';
import type { Plan, RestoreRequest } from '../../../../src/planner/model/plan.ts';
import { RESTORE_TARGET } from '../../../../src/planner/model/questions.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, specFrom } from '../../../support/planning.ts';
import { day, factsOf, tomlOf, type OneSync } from '../compile/rig.ts';

const [OLD, MIDDLE, NEW] = [day('2026-03-01'), day('2026-03-02'), day('2026-04-01')] as const;

interface Scene extends OneSync {
  /** Directories that exist above the target; the root always does. */
  there?: string[];
  /** Others than below the root file system, by path. */
  directories?: Record<string, DirectoryFacts>;
  /** That a dry run has counted. */
  bytes?: number;
}

const COUNTED = {
  ...{ files: 1, bytes: 0, creates: 1, updates: 0, deletes: 0, sourceEntries: 1, destinationEntries: 0 },
  ...{ items: [], truncated: false },
};

const hardLink: Scene = {
  sync: ['snapshots.mode = "hard-link"'],
  destination: { snapshots: [OLD, MIDDLE, NEW], latest: MIDDLE },
};

/** What exists below the root file system, or on a drive. */
function directoryAt(path: string, target = '/'): DirectoryFacts {
  const { directory } = world({ volumes: { x: { path, target } }, endpoints: {} }).volumes['x']!;
  return directory!;
}

function restore(request: Partial<RestoreRequest>, scene: Scene = hardLink): Plan {
  const spec = specFrom(tomlOf(scene));
  const facts = factsOf(scene);
  const found = {
    ...Object.fromEntries(['/', ...(scene.there ?? [])].map((path) => [path, directoryAt(path)])),
    ...scene.directories,
  };
  for (const [path, directory] of Object.entries(found)) {
    facts.volumes[`${RESTORE_TARGET}${path}`] = { path, directory, sentinel: false, unmountedFstabTarget: null };
  }
  if (scene.bytes !== undefined) facts.previews['docs'] = { ...COUNTED, bytes: scene.bytes };
  const full = { sync: 'docs', snapshot: null, paths: [], to: '/tmp/restored', ...request };
  return buildRestore(inputFor(spec, facts, { restore: full, ...scene.request }), spec.syncs['docs']!, full);
}

/** Where from, or the code of what stops it. */
function from(plan: Plan): string | undefined {
  const [sync] = plan.syncs;
  return sync?.state === 'planned' ? plan.steps[0]?.commands.at(-1)?.at(-2) : sync?.code;
}

describe('what is restored', () => {
  it.each([
    ['the latest snapshot', null, MIDDLE],
    ['a snapshot by its name', OLD, OLD],
    ['a snapshot by the beginning of its name', '2026-03-01', OLD],
    ['a snapshot that nothing vouches for, if it is asked for', '2026-04', NEW],
  ])('is %s', (_, snapshot, name) => {
    expect(from(restore({ snapshot }))).toBe(`/mnt/usb/docs/snapshots/${name}/`);
  });

  it.each([
    ['2026-03', 'snapshot-ambiguous'],
    ['2025', 'snapshot-unknown'],
    ['../..', 'snapshot-unknown'],
  ])('is nothing for the snapshot %s', (snapshot, code) => {
    expect(from(restore({ snapshot }))).toBe(code);
  });

  it('is nothing before there is a snapshot', () => {
    expect(from(restore({}, { ...hardLink, destination: { snapshots: [] } }))).toBe('no-snapshot-yet');
  });

  it('is the copy itself where there are no snapshots', () => {
    const none: Scene = { sync: ['snapshots.mode = "none"'] };
    expect(from(restore({}, none))).toBe('/mnt/usb/docs/');
    expect(from(restore({ snapshot: OLD }, none))).toBe('snapshot-unknown');
  });

  it('is some paths of it, whose names rsync gets on its input', () => {
    const [step] = restore({ paths: ['Letters/2026', './a b//c/'] }).steps;
    expect(step?.params).toMatchObject({ parts: [{ below: '', paths: ['Letters/2026', 'a b/c'] }] });
    expect(step?.commands.at(-1)).toEqual(expect.arrayContaining(['--from0', '--files-from=-']));
  });

  it.each([
    ['/home/ada/docs/Letters/2026', 'Letters/2026'],
    ['/home/ada/docs//a b', 'a b'],
  ])('is %s by its full path in the source', (path, relative) => {
    expect(restore({ paths: [path] }).steps[0]?.params).toMatchObject({ parts: [{ paths: [relative] }] });
  });

  it.each([['/home/ada/docs'], ['/home/ada/docs/'], ['.']])('is everything for the source itself, %s', (path) => {
    expect(restore({ paths: [path, 'Letters'] }).steps[0]?.params).toMatchObject({ parts: [{ paths: [] }] });
  });

  it.each([['/home/ada/docs2/x'], ['/home/ada/docs/../x'], ['/home/ada/docs/..']])(
    'is nothing for %s, which is beside the source',
    (path) => {
      expect(from(restore({ paths: [path] }))).toBe('restore-path-invalid');
    },
  );

  it.each([['/etc/passwd'], ['../secret'], ['a/../../b'], ['']])('is never the path %j outside of it', (path) => {
    expect(from(restore({ paths: [path] }))).toBe('restore-path-invalid');
  });

  it('keeps what the sync kept', () => {
    const sync = ['snapshots.mode = "hard-link"', 'rsync.extra-options = ["-AX", "--sparse"]'];
    const argv = restore({}, { ...hardLink, sync }).steps[0]?.commands.at(-1);
    expect(argv).toEqual(expect.arrayContaining(['--acls', '--xattrs', '--sparse']));
  });
});

describe('where it is restored', () => {
  it('is made when it is not there, and then nothing is overwritten', () => {
    const [step] = restore({}).steps;
    expect(step).toMatchObject({ action: 'create', destructive: false });
    expect(step?.commands[0]).toEqual(['mkdir', '-p', '/tmp/restored']);
  });

  const there = ['/tmp', '/tmp/restored'];

  it.each([
    ['never', ['--ignore-existing'], false],
    ['if-older', ['--update'], true],
    ['always', [], true],
  ] as const)('is used when it is there; with overwrite %s rsync gets %j', (overwrite, flags, destructive) => {
    const [step] = restore({ overwrite }, { ...hardLink, there }).steps;
    expect(step).toMatchObject({ action: 'update', destructive });
    const copy = step?.commands.find((argv) => argv.includes('--info=progress2'));
    expect(copy?.filter((word) => ['--ignore-existing', '--update'].includes(word))).toEqual(flags);
  });

  const home = ['/home', '/home/ada', '/home/ada/docs'];

  it.each([
    ['the source', '/home/ada/docs', home],
    ['a folder in the source', '/home/ada/docs/old', [...home, '/home/ada/docs/old']],
  ])('may be %s: adding needs no flag', (_, to, above) => {
    const plan = restore({ to }, { ...hardLink, there: above });
    expect(plan.steps).toMatchObject([{ destructive: false }]);
    expect(plan.findings).toMatchObject([{ severity: 'info', code: 'restore-onto-source' }]);
  });

  it('may be a folder in the source that is not there yet: then nothing is replaced', () => {
    const [step] = restore({ to: '/home/ada/docs/a/b' }, { ...hardLink, there: home }).steps;
    expect(step).toMatchObject({ action: 'create', destructive: false });
  });

  it('is known for the source under another name', () => {
    const bound: DirectoryFacts = { ...directoryAt('/srv/docs'), realPath: '/home/ada/docs' };
    const plan = restore({ to: '/srv/docs' }, { ...hardLink, directories: { '/srv/docs': bound } });
    expect(plan.findings).toMatchObject([{ code: 'restore-onto-source' }]);
  });

  it('is never a destination, whatever is allowed', () => {
    const usb = { '/mnt/usb/docs': directoryAt('/mnt/usb/docs', '/mnt/usb') };
    const scene: Scene = { ...hardLink, directories: usb, request: { allowDestructive: true } };
    expect(from(restore({ to: '/mnt/usb/docs/back' }, scene))).toBe('restore-into-destination');
  });

  it.each([
    [1000, []],
    [1001, ['restore-does-not-fit']],
  ])('is warned of when %i bytes are too many for it', (bytes, codes) => {
    const directories = { '/tmp': { ...directoryAt('/tmp'), freeBytes: 1000 } };
    const { findings } = restore({}, { ...hardLink, directories, bytes });
    expect(findings.map(({ code }) => code)).toEqual(codes);
    expect(findings.every(({ severity, help }) => severity === 'warning' && !/prune/.test(help ?? ''))).toBe(true);
  });

  it('is warned of when its file system holds less than the copy', () => {
    const tmp = directoryAt('/tmp');
    const directories = { '/tmp': { ...tmp, mount: { ...tmp.mount!, fsType: 'vfat' } } };
    expect(restore({}, { ...hardLink, directories }).findings).toMatchObject([
      { severity: 'warning', code: 'restore-holds-less', message: expect.stringContaining('FAT') },
    ]);
  });

  it('may be beside the source', () => {
    expect(restore({ to: '/home/ada/docs-restored' }, { ...hardLink, there: home }).steps).toHaveLength(1);
  });
});

describe('a restore relies on', () => {
  it('the destination and the snapshot being there', () => {
    expect(restore({}).steps[0]?.preconditions).toMatchObject([
      { fact: '/endpoints/usb:docs/sentinels/destination', value: true },
      { fact: `/endpoints/usb:docs/snapshots/${MIDDLE}/kind`, value: 'directory' },
      { fact: '/endpoints/usb:docs/directory/mount/target', value: '/mnt/usb' },
      { fact: '/endpoints/usb:docs/directory/realPath', value: '/mnt/usb/docs' },
      { fact: '/endpoints/usb:docs/directory/device' },
      { fact: '/endpoints/usb:docs/directory/inode' },
      { fact: '/endpoints/usb:docs/snapshotsLink', value: null },
    ]);
  });

  it('nobody changing the destination meanwhile', () => {
    expect(restore({}).steps[0]?.locks).toEqual([{ path: '/mnt/usb/docs/.nbkp-lock', mode: 'shared' }]);
  });

  it('no source: that may be what was lost', () => {
    expect(restore({}, { ...hardLink, source: { missing: true } }).steps).toHaveLength(1);
  });
});
