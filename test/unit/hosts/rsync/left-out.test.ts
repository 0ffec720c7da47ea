import { describe, expect, it } from 'vitest';
import { limitsOf } from '../../../../src/planner/file-systems/names.ts';
import { FILE_SYSTEMS } from '../../../../src/planner/file-systems/table.ts';
import type { LeftOut } from '../../../../src/planner/model/facts.ts';
import { Sieve, sieveOf as sieveBeside, spareUndated, type List } from '../../../../src/hosts/rsync/left-out.ts';

const NONE = { count: 0, paths: [] };

function sieveOf(driver: keyof typeof FILE_SYSTEMS, lines: string[]): Sieve {
  const limits = limitsOf(FILE_SYSTEMS[driver]);
  if (limits === null) throw new Error(`${driver} holds everything`);
  const sieve = new Sieve(limits);
  for (const line of lines) sieve.read(line);
  return sieve;
}

function sieved(driver: keyof typeof FILE_SYSTEMS, lines: string[]): { leftOut: LeftOut | null; rules: string } {
  const sieve = sieveOf(driver, lines);
  return { leftOut: sieve.leftOut(), rules: sieve.rules().toString('latin1') };
}

/** Of names that a dry run would delete those that are gone, and the rules for all that are not. */
function judged(
  driver: keyof typeof FILE_SYSTEMS,
  lines: string[],
  names: string[],
): { gone: string[]; rules: string } {
  const sieve = sieveOf(driver, lines);
  const before = sieve.rules().length;
  const gone = names.filter((path) => !sieve.spares({ change: 'delete', path, size: 0, code: '*deleting' }));
  return { gone, rules: sieve.rules().subarray(before).toString('latin1') };
}

const TIME = '2026/03/10-10:00:00';
const file = (name: string, size = 1, time = TIME): string => `>f+++++++++ ${size} ${time} ${name}`;
const folder = (name: string): string => `cd+++++++++ 4096 ${TIME} ${name}/`;

describe('what a file system cannot hold', () => {
  it('are names that differ only in case: the first stays', () => {
    const lines = [folder('.'), file('README'), file('Readme'), file('rEADME'), file('d/README'), file('other')];
    expect(sieved('exfat', lines)).toEqual({
      leftOut: { collides: { count: 2, paths: ['Readme', 'rEADME'] }, name: NONE, size: NONE },
      rules: 'H /Readme\nP /Readme\nH /rEADME\nP /rEADME\n',
    });
  });

  it('are folders with all that is in them, which is told once', () => {
    const lines = [folder('Photos'), folder('photos'), file('photos/a'), folder('photos/in'), file('photos/in/b:')];
    expect(sieved('vfat', lines)).toEqual({
      leftOut: { collides: { count: 1, paths: ['photos/'] }, name: NONE, size: NONE },
      rules: 'H /photos/\nP /photos/\n',
    });
  });

  it.each([
    'a:b',
    'a?',
    '*',
    'say "x"',
    'a|b',
    'back\\#134slash',
    'bell\\#007',
    'new\\#012line',
    'dot.',
    'blank ',
    'bad\\#377',
  ])('on FAT is the name %s', (name) => {
    expect(sieved('vfat', [file(name)]).leftOut).toMatchObject({ name: { count: 1, paths: [name] } });
  });

  it('is no name that it can hold', () => {
    const names = ['\\#303\\#274', '.hidden', 'CON', 'a.b c', '\\#303\\#237', 'SS', 'x'.repeat(255), '\\#303\\#274b'];
    expect(
      sieved(
        'vfat',
        names.map((name) => file(name)),
      ).leftOut,
    ).toBeNull();
    expect(
      sieved(
        'ntfs-3g',
        ['README', 'Readme', 'a:b', 'dot.'].map((name) => file(name)),
      ).leftOut,
    ).toBeNull();
  });

  it('is a file that is too large, by a byte', () => {
    const lines = [file('fits', 2 ** 32 - 1), file('movie.mkv', 2 ** 32)];
    expect(sieved('vfat', lines).leftOut).toMatchObject({ size: { count: 1, paths: ['movie.mkv'] } });
    expect(sieved('exfat', lines).leftOut).toBeNull();
  });

  it('on HFS+ are names of which one is decomposed, and nowhere else', () => {
    const lines = [file('\\#303\\#274'), file('u\\#314\\#210')];
    expect(sieved('hfsplus', lines).leftOut).toMatchObject({ collides: { count: 1 } });
    expect(sieved('exfat', lines).leftOut).toBeNull();
  });

  it('is left out by rules for just these names, whatever is in them', () => {
    const { rules } = sieved('ntfs-3g', [file('what[?]\\#377\\#012')]);
    expect(rules).toBe('H /what\\[\\?]\xff[^\x01-\x09\x0b-\xff]\nP /what\\[\\?]\xff[^\x01-\x09\x0b-\xff]\n');
  });

  it("are names that are one with nbkp's own, at any level", () => {
    const lines = [file('.NBKP-dst'), folder('d'), folder('d/.Nbkp-x'), file('d/.Nbkp-x/a'), file('nbkp-dst')];
    expect(sieved('exfat', lines).leftOut).toMatchObject({
      collides: { count: 2, paths: ['.NBKP-dst', 'd/.Nbkp-x/'] },
    });
    expect(sieved('ntfs-3g', lines).leftOut).toBeNull();
  });

  it('is nothing where Linux has what it needs', () => {
    expect(limitsOf(FILE_SYSTEMS.ext4)).toBeNull();
    expect(limitsOf(FILE_SYSTEMS.btrfs)).toBeNull();
  });
});

describe('files whose times a file system cannot hold', () => {
  const lines = [
    ...[file('old', 1, '1975/05/05-00:00:00'), file('d/far', 1, '12026/05/05-00:00:00'), file('new')],
    ...[folder('d').replace('2026', '1975'), file('a:b', 1, '1975/05/05-00:00:00')],
  ];

  it('are told, and are in the copy', () => {
    const sieve = sieveOf('vfat', lines);
    expect(sieve.undated()).toEqual({ count: 2, paths: ['old', 'd/far'] });
    expect(sieve.leftOut()).toMatchObject({ name: { count: 1 } });
    expect(sieve.undatedRules().toString()).toBe('S /d/\nS /old\nS /d/far\nH *\n');
    expect(sieveOf('ntfs-3g', lines).undated()).toBeNull();
  });

  it('are left as they are where their contents are the same', async () => {
    const sieve = sieveOf('vfat', [...lines, file('changed', 1, '1975/05/05-00:00:00')]);
    const before = sieve.rules().length;
    await spareUndated(sieve, (_, onLine) => {
      for (const line of ['.f..t...... 1 old', '.f..tp..... 1 d/far', '>fc.t...... 1 changed']) onLine(line);
      return Promise.resolve();
    });
    expect(sieve.rules().subarray(before).toString()).toBe('H /old\nP /old\n');
    expect(sieve.asTheyAre).toBe(1);
  });
});

describe('what is gone at a destination', () => {
  it('is no name that is one with another of the source, nor what is in such a folder', () => {
    const lines = [file('readme'), folder('photos'), file('photos/p1'), folder('photos/In'), file('photos/In/x')];
    const names = ['README', 'Photos/p1', 'Photos/p2', 'Photos/', 'photos/p2', 'photos/in/y', 'photos/in/', 'read'];
    expect(judged('exfat', lines, names)).toEqual({
      gone: ['photos/p2', 'read'],
      rules: 'P /README\nP /Photos/\nP /photos/in/\n',
    });
  });

  it('is nothing that the source has where it is left out', () => {
    const lines = [folder('PHOTOS'), file('PHOTOS/new'), folder('Photos'), folder('Photos/a'), file('Photos/a/p1')];
    const names = ['PHOTOS/a/p1', 'PHOTOS/a/p2', 'PHOTOS/a/', 'PHOTOS/p3'];
    const { gone } = judged('exfat', lines, names);
    expect(gone).not.toContain('PHOTOS/a/p1');
    expect(gone).not.toContain('PHOTOS/a/');
    expect(gone).toContain('PHOTOS/p3');
    expect(judged('vfat', [file('movie.mkv', 2 ** 32)], ['Movie.mkv']).gone).toEqual([]);
  });

  it("is nothing that is one with nbkp's own", () => {
    expect(judged('exfat', [], ['.NBKP-DST', 'd/.Nbkp-x/a', 'd/.Nbkp-x/'])).toEqual({
      gone: [],
      rules: 'P /.NBKP-DST\nP /d/.Nbkp-x/\n',
    });
  });

  it('is told by composed and decomposed names on HFS+, by bytes that are no text, and by each name where none are folded', () => {
    const lines = [file('\\#303\\#274'), folder('\\#377'), file('\\#377/Name')];
    expect(judged('hfsplus', lines, ['U\\#314\\#210']).gone).toEqual([]);
    expect(judged('exfat', lines, ['u\\#314\\#210']).gone).toEqual(['u\\#314\\#210']);
    expect(judged('exfat', lines, ['\\#377/NAME', '\\#376/NAME']).gone).toEqual(['\\#376/NAME']);
    expect(judged('ntfs-3g', lines, ['\\#303\\#234']).gone).toEqual(['\\#303\\#234']);
  });
});

describe('of names that are one at the destination', () => {
  const list =
    (lines: string[]): List =>
    (onLine) => {
      for (const line of lines) onLine(line);
      return Promise.resolve();
    };
  async function leftOut(
    source: string[],
    there: string[],
    driver: 'exfat' | 'hfsplus' = 'exfat',
  ): Promise<string[] | undefined> {
    const limits = limitsOf(FILE_SYSTEMS[driver]);
    if (limits === null) throw new Error(`${driver} folds names`);
    const sieve = await sieveBeside(limits, list(source), list(there));
    return sieve.leftOut()?.collides.paths;
  }

  it.each<[string, string[], string[], string[] | undefined]>([
    ['that it bears', ['README', 'Readme', 'readme'], ['Readme'], ['README', 'readme']],
    ['of a folder that it bears', ['d', 'D/README', 'D/Readme'], ['D/Readme'], ['D/README']],
    ['that is first, where it has none', ['README', 'Readme'], ['other'], ['Readme']],
    ['that is first, where its own is gone', ['README', 'readme'], ['Readme'], ['readme']],
    ['that is first, where all is new', ['README', 'Readme'], [], ['Readme']],
    ['the first in a folder that is spelled anew', ['photos/A', 'photos/a'], ['Photos/b'], ['photos/a']],
    ['that it bears in a folder that is spelled anew', ['photos/A', 'photos/a'], ['Photos/a'], ['photos/A']],
  ])('stays the one %s', async (_, source, there, left) => {
    expect(
      await leftOut(
        source.map((name) => file(name)),
        there.map((name) => file(name)),
      ),
    ).toEqual(left);
  });

  it('stays the first of two that differ in how an accent is written alone, however it gives that back', async () => {
    const [decomposed, composed] = ['u\\#314\\#210', '\\#303\\#274'];
    const source = [file(decomposed), file(composed)];
    expect(await leftOut(source, [file(composed)], 'hfsplus')).toEqual([composed]);
  });

  it('stays the folder that it bears, whatever is in another', async () => {
    const source = [folder('PHOTOS'), file('PHOTOS/a'), folder('Photos'), file('Photos/A'), file('Photos/b')];
    expect(await leftOut(source, [folder('Photos'), file('Photos/a')])).toEqual(['PHOTOS/']);
  });
});
