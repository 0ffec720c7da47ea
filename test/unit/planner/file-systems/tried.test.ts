import { describe, expect, it } from 'vitest';
import { folded, limitsOf, unholdable } from '../../../../src/planner/file-systems/names.ts';
import { fileSystemOf, needsTrial } from '../../../../src/planner/file-systems/of.ts';
import { FILE_SYSTEMS } from '../../../../src/planner/file-systems/table.ts';
import { CAN_HOLD } from '../../../../src/planner/file-systems/tried.ts';
import type { CanHold, MountFacts } from '../../../../src/planner/model/mount-facts.ts';

const mountOf = (fsType: string, tried?: readonly CanHold[]): MountFacts => ({
  ...{ target: '/mnt', source: 'nas:/x', fsType, uuid: null, options: ['rw'] },
  ...(tried === undefined ? {} : { tried: [...tried] }),
});
const NOTHING_ODD = CAN_HOLD.filter(
  (thing) =>
    !/untried|follow|hidden|^user|step-\d{2}|text/.test(thing) && (!/^name-\d/.test(thing) || thing === 'name-255'),
);
const bytes = (text: string) => new TextEncoder().encode(text);

describe('a file system that was tried', () => {
  it('holds all that was there', () => {
    const found = fileSystemOf(mountOf('nfs4', NOTHING_ODD));
    expect(found).toMatchObject({
      ...{ title: 'NFS', foldsCase: false, owners: true, modes: true, links: true, specials: true, hardLinks: null },
      ...{ xattrs: true, acls: true, holes: true, largestFile: null, times: { step: 1, window: 0 } },
    });
    expect(found && limitsOf(found)).toBeNull();
  });

  it('holds nothing that was not', () => {
    const found = fileSystemOf(mountOf('fuse.other', ['large-untried', 'xattrs-untried']));
    expect(found).toMatchObject({
      ...{
        title: 'other',
        foldsCase: true,
        foldsAccents: true,
        owners: false,
        modes: false,
        links: false,
        hardLinks: 1,
      },
      ...{ xattrs: false, acls: false, holes: false, largestFile: 4 * 1024 ** 3 - 1 },
      times: { step: 2_000_000_000, from: Date.UTC(1980, 0) / 1000, to: 2 ** 31 - 1, window: 2 },
      names: { forbidden: '"*:<>?\\|', control: true, trailing: '. ', text: true, length: 0, unit: 'bytes' },
    });
  });

  it.each([
    ['name-colon', 'at 12:30', 'name'],
    ['name-dot', 'etc.', 'name'],
    ['name-255', 'x'.repeat(200), 'name'],
    ['name-255', 'x'.repeat(143), null],
    ['case', 'README', null],
  ] as const)('has no place for what its names cannot be: without %s', (missing, name, why) => {
    const tried = [...NOTHING_ODD.filter((thing) => thing !== missing), 'name-143' as const];
    const found = fileSystemOf(mountOf('fuse.encfs', tried));
    const limits = found && limitsOf(found);
    expect(limits && unholdable({ name: bytes(name), bytes: 1 }, limits)).toBe(why);
    expect(limits?.folds).toBe(missing === 'case' ? 'case' : null);
  });

  it('takes decomposed names for one with others where it does so', () => {
    const found = fileSystemOf(
      mountOf(
        'nfs',
        NOTHING_ODD.filter((thing) => thing !== 'accents'),
      ),
    );
    const folds = (found && limitsOf(found)?.folds) ?? null;
    expect(folds).toBe('accents');
    expect(folded(bytes('\u00e9'), folds)).toBe(folded(bytes('e\u0301'), folds));
    expect(folded(bytes('E'), folds)).not.toBe(folded(bytes('e'), folds));
  });

  it('holds no more than its driver is known to, since a drive gets another one', () => {
    const drive = { ...mountOf('fuseblk', NOTHING_ODD), uuid: 'EFFF-69AE' };
    expect(fileSystemOf(drive)).toEqual(FILE_SYSTEMS['exfat-fuse']);
    const untried = NOTHING_ODD.filter((thing) => thing !== 'xattrs' && thing !== 'owners');
    const ntfs = { ...mountOf('fuseblk', [...untried, 'xattrs-untried']), uuid: '6E5DD01E3082793B' };
    expect(fileSystemOf({ ...ntfs, options: ['default_permissions'] })).toMatchObject({
      ...{ xattrs: true, onlyUserXattrs: true, owners: false, modes: true, hardLinks: 4000 },
    });
  });

  it.each([
    ['nfs4', true],
    ['fuseblk', true],
    ['cifs', true],
    ['overlay', true],
    ['ext4', false],
    ['vfat', false],
  ])('is one whose type does not tell: %s %s', (fsType, tries) => {
    expect(needsTrial(mountOf(fsType))).toBe(tries);
    expect(needsTrial(mountOf(fsType, []))).toBe(false);
  });
});
