import { describe, expect, it } from 'vitest';
import { compare } from '../../../../../src/executors/kinds/rsync/compare.ts';
import { Complaints } from '../../../../../src/hosts/rsync/complaints.ts';
import { Sieve } from '../../../../../src/hosts/rsync/left-out.ts';
import type { Pass } from '../../../../../src/hosts/rsync/pass.ts';
import type { Totals } from '../../../../../src/hosts/rsync/totals.ts';
import { transferCommands } from '../../../../../src/planner/kinds/rsync/argv.ts';
import { transferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { limitsOf } from '../../../../../src/planner/file-systems/names.ts';
import { fileSystemOf } from '../../../../../src/planner/file-systems/of.ts';
import { world } from '../../../../support/facts.ts';
import { planOf, stepIn } from '../../../../support/planning.ts';

const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.path = "/media/usb"
syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
`;
const FACTS = world({
  volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb' } },
  endpoints: { 'laptop:docs': { source: true }, 'usb:docs': { destination: true } },
});
const PARAMS = transferParams(stepIn(planOf(SPEC, FACTS), 'transfer:docs').params);
const COMMANDS = transferCommands(PARAMS);

interface Said {
  totals?: Partial<Totals> | null;
  code?: number;
  timedOut?: boolean;
  lines?: string[];
  complaints?: string[];
}

function passOf({ totals = {}, code = 0, timedOut = false, complaints: said = [] }: Said): Pass {
  const complaints = new Complaints();
  for (const line of said) complaints.add(line);
  const counted = { entries: 100, created: 0, deleted: 0, files: 0, bytes: 0 };
  return {
    result: { code, signal: null, error: null, timedOut, stdout: Buffer.alloc(0), stderr: [] },
    totals: totals === null ? null : { ...counted, ...totals },
    ...{ reached: null, complaints, pending: 0 },
  };
}

/** What comes of dry runs that say this, the first of everything and the second of what is at the target. */
async function seeing(first: Said, second: Said = { totals: { created: 30 } }, sieve: Sieve | null = null) {
  const asked: (readonly string[])[] = [];
  const found = await compare(PARAMS, COMMANDS, sieve, (argv, onLine) => {
    asked.push(argv);
    const said = asked.length === 1 ? first : second;
    for (const line of said.lines ?? []) onLine(line);
    return Promise.resolve(passOf(said));
  });
  return { found, asked };
}

const deletion = (index: number): string => `*deleting   0 f${index}`;
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => deletion(index));

describe('the dry run before the first pass', () => {
  it('is not made where there is none to make', async () => {
    const none = await compare(PARAMS, { ...COMMANDS, comparison: null }, null, () =>
      Promise.reject(new Error('asked')),
    );
    expect(none).toBeNull();
  });

  it('says what is gone, and that something differs', async () => {
    const { found, asked } = await seeing({ lines: many(3) });
    expect(found).toMatchObject({ replaced: 0, sawAll: true, differs: true });
    expect(found !== null && 'names' in found && found.names.count).toBe(3);
    expect(asked).toEqual([COMMANDS.comparison]);
  });

  it('says that nothing differs where it lists nothing, whatever else it says', async () => {
    expect((await seeing({ lines: ['Number of files: 100', '@f x'] })).found).toMatchObject({ differs: false });
    expect((await seeing({ lines: ['.d..t......      4096 ./'] })).found).toMatchObject({ differs: false });
    expect((await seeing({ lines: ['.d..t...... 4096 ./'] })).found).toMatchObject({ differs: true });
  });

  it('asks what would be replaced only where that could pass the limit', async () => {
    const lines = many(20);
    expect((await seeing({ lines, totals: { entries: 100, created: 5 } })).asked).toHaveLength(1);
    const { found, asked } = await seeing({ lines, totals: { entries: 80, created: 30 } });
    expect(asked).toEqual([COMMANDS.comparison, COMMANDS.kinds]);
    expect(found).toMatchObject({ replaced: 30 });
  });

  it('asks nothing more where nothing at the target is overwritten', async () => {
    const asked: (readonly string[])[] = [];
    const found = await compare(PARAMS, { ...COMMANDS, kinds: null }, null, (argv, onLine) => {
      asked.push(argv);
      for (const line of many(90)) onLine(line);
      return Promise.resolve(passOf({}));
    });
    expect([asked, found]).toMatchObject([[COMMANDS.comparison], { replaced: 0 }]);
  });

  it('did not see all where files vanished, or could not be read', async () => {
    expect((await seeing({ code: 24, complaints: ['file has vanished: "/x"'] })).found).toMatchObject({
      sawAll: false,
    });
    const unreadable = { code: 23, complaints: ['rsync: [sender] opendir "/x" failed: Permission denied (13)'] };
    expect((await seeing(unreadable)).found).toMatchObject({ sawAll: false, differs: false });
  });

  it.each<[string, Said]>([
    ['saw nothing', { totals: null, code: 23 }],
    ['took too long', { timedOut: true }],
  ])('is what it is where it %s', async (_, said) => {
    const { found, asked } = await seeing(said);
    expect(found).toHaveProperty('result');
    expect(asked).toHaveLength(1);
    const second = await seeing({ lines: many(40) }, said);
    expect(second.found).toHaveProperty('result');
    expect(second.asked).toHaveLength(2);
  });

  it('does not take for gone what is there under a name that is one with its own', async () => {
    const limits = limitsOf(fileSystemOf({ fsType: 'vfat', uuid: null, options: [] })!)!;
    const sieve = new Sieve(limits);
    sieve.read('>f+++++++++ 1 2026/03/10-10:00:00 Readme');
    const lines = ['*deleting   0 README', '*deleting   0 gone'];
    const { found } = await seeing({ lines }, {}, sieve);
    expect(found !== null && 'names' in found && found.names.count).toBe(1);
  });
});
