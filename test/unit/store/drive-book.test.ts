import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localTransport } from '../../../src/hosts/transport/local.ts';
import type { LockHolder } from '../../../src/planner/model/event.ts';
import type { BlockDevice, DriveFacts } from '../../../src/planner/model/facts.ts';
import type { DriveNote, DriveUser } from '../../../src/planner/model/stored.ts';
import { driveBook, openedDrive } from '../../../src/store/drive-book.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
beforeEach(async () => {
  dir = await makeTempDir();
});
afterEach(() => dir.remove());

const AT = '2026-03-10T12:00:00.000Z';
const KEY = { host: 'local', uuid: 'AB-12' };
const { signal } = new AbortController();

function bookOf(run: string, state = dir.path) {
  const holder: LockHolder = { pid: process.pid, host: 'laptop', startedAt: AT, command: 'nbkp run', run };
  return driveBook(state, localTransport(), holder);
}

/** A run that uses the drive and has opened it. */
function opening(run: string, note: Omit<DriveNote, 'run'>) {
  const book = bookOf(run);
  book.use([KEY]);
  book.write(KEY, note);
  return book;
}

const device = (sequence?: string): BlockDevice => ({
  ...{ path: '/dev/sda1', type: 'part', fsType: 'ext4', uuid: KEY.uuid, label: '', readOnly: false },
  ...(sequence === undefined ? {} : { sequence }),
});

/** A drive as it is: plugged in for the nth time, and what its container shows. */
function drive(sequence: string | undefined, cleartext?: string): DriveFacts {
  return {
    devices: [device(sequence)],
    cleartext: cleartext === undefined ? null : device(cleartext),
    namesake: null,
  };
}

const MOUNTED: Omit<DriveNote, 'run'> = { sequence: '7', unlocked: null, mounted: { at: AT }, kept: false };
const UNLOCKED: Omit<DriveNote, 'run'> = { ...MOUNTED, unlocked: { at: AT, sequence: '9' } };

describe('what is noted of a drive', () => {
  it('is nothing before anything was opened', () => {
    expect(bookOf('one').note(KEY, drive('7'))).toBeNull();
    expect(openedDrive(dir.path, KEY, drive('7'))).toBeUndefined();
  });

  it('is true for all runs and all spellings of its UUID, and of that drive on that host alone', () => {
    opening('one', MOUNTED);
    const note = { ...MOUNTED, run: 'one' };
    expect(bookOf('two').note({ ...KEY, uuid: 'ab-12' }, drive('7'))).toEqual(note);
    expect(bookOf('two').note({ ...KEY, host: 'ssh:hub' }, drive('7'))).toBeNull();
    expect(bookOf('two').note({ ...KEY, uuid: 'ab-13' }, drive('7'))).toBeNull();
  });

  it('is what the planner gets, with the runs that use it', () => {
    const book = opening('one', { ...UNLOCKED, kept: true });
    expect(openedDrive(dir.path, KEY, drive('7', '9'))).toEqual({
      ...{ run: 'one', unlockedAt: AT, mountedAt: AT, kept: true, users: ['one'] },
    });
    book.write(KEY, { ...MOUNTED, mounted: null });
    expect(openedDrive(dir.path, KEY, drive('7'))).toMatchObject({ unlockedAt: null, mountedAt: null, kept: false });
  });

  it.each<[string, DriveFacts]>([
    ['was plugged in anew', drive('8')],
    ['is not there', { devices: [], cleartext: null, namesake: null }],
  ])('is true no more when it %s', (_, facts) => {
    opening('one', MOUNTED);
    expect(bookOf('one').note(KEY, facts)).toBeNull();
    expect(openedDrive(dir.path, KEY, facts)).toBeUndefined();
  });

  it('is about a drive without such a number too', () => {
    opening('one', { ...MOUNTED, sequence: null });
    expect(bookOf('one').note(KEY, drive(undefined))).not.toBeNull();
    expect(bookOf('one').note(KEY, drive('7'))).toBeNull();
  });

  it.each<[string, string | null, DriveFacts, boolean]>([
    ['as it was', '9', drive('7', '9'), true],
    ['locked', '9', drive('7'), false],
    ['unlocked once more', '9', drive('7', '10'), false],
    ['unlocked, and had not been seen before', null, drive('7', '10'), true],
    ['locked, and had not been seen before', null, drive('7'), false],
  ])('is true of a container that is %s: %j', (_, sequence, facts, isTrue) => {
    opening('one', { ...UNLOCKED, unlocked: { at: AT, sequence } });
    expect(bookOf('one').note(KEY, facts) !== null).toBe(isTrue);
  });

  it('is forgotten when it is closed', () => {
    const book = opening('one', MOUNTED);
    book.write(KEY, null);
    expect(book.note(KEY, drive('7'))).toBeNull();
    book.write(KEY, null);
  });

  it('is nothing where it cannot be understood or read', () => {
    const book = opening('one', MOUNTED);
    const [name = ''] = readdirSync(join(dir.path, 'drives'));
    writeFileSync(join(dir.path, 'drives', name, 'opened.json'), '{"run":');
    expect(book.note(KEY, drive('7'))).toBeNull();
    writeFileSync(join(dir.path, 'file'), '');
    expect(openedDrive(join(dir.path, 'file'), KEY, drive('7'))).toBeUndefined();
  });
});

describe('the runs that use a drive', () => {
  const OTHER = { ...KEY, uuid: 'other' };

  it('are known to each other, and none to itself', () => {
    const [one, two] = [bookOf('one'), bookOf('two')];
    one.use([KEY, OTHER]);
    two.use([KEY]);
    expect([one.others(KEY), two.others(KEY)]).toEqual([['two'], ['one']]);
    expect([one.others(OTHER), two.others(OTHER)]).toEqual([[], ['one']]);
  });

  it('leave one drive, or all of them in the end', () => {
    const [one, two] = [bookOf('one'), bookOf('two')];
    one.use([KEY, OTHER]);
    one.leave(KEY);
    expect([two.others(KEY), two.others(OTHER)]).toEqual([[], ['one']]);
    one.use([KEY]);
    one.end();
    expect([two.others(KEY), two.others(OTHER)]).toEqual([[], []]);
    one.end();
  });

  it('count only as long as they live', () => {
    bookOf('one').use([KEY]);
    const [name = ''] = readdirSync(join(dir.path, 'drives'));
    const folder = join(dir.path, 'drives', name);
    const living = JSON.parse(readFileSync(join(folder, 'user-one'), 'utf8')) as DriveUser;
    // Another process had the same number.
    const dead = { ...living, run: 'dead', process: { ...living.process, startTicks: '1' } };
    writeFileSync(join(folder, 'user-dead'), JSON.stringify(dead));
    writeFileSync(join(folder, 'user-torn'), '{"run":');
    writeFileSync(join(folder, 'no-user'), JSON.stringify({ ...living, run: 'no' }));
    const elsewhere = {
      ...dead,
      run: 'elsewhere',
      hostname: 'another',
      process: { ...dead.process, bootId: 'another' },
    };
    writeFileSync(join(folder, 'user-elsewhere'), JSON.stringify(elsewhere));
    const two = bookOf('two');
    // Nobody here can tell whether one on another machine lives.
    expect(two.others(KEY).toSorted()).toEqual(['elsewhere', 'one']);
  });
});

describe('who opens or closes a drive', () => {
  it('is alone with it, and gives back what the action does', async () => {
    const [one, two] = [bookOf('one'), bookOf('two')];
    const order: string[] = [];
    const first = one.alone(KEY, signal, async () => {
      order.push('one begins');
      const second = two.alone(KEY, signal, () => Promise.resolve(order.push('two')));
      await expect.poll(() => readdirSync(join(dir.path, 'drives'))).toHaveLength(1);
      order.push('one ends');
      return { second };
    });
    const value = await first;
    if (!value.ok) throw new Error(value.message);
    expect(await value.value.second).toEqual({ ok: true, value: 3 });
    expect(order).toEqual(['one begins', 'one ends', 'two']);
  });

  it('lets others go on when the action fails', async () => {
    const action = bookOf('one').alone(KEY, signal, () => Promise.reject(new Error('broken')));
    await expect(action).rejects.toThrow('broken');
    expect(await bookOf('two').alone(KEY, signal, () => Promise.resolve(1))).toEqual({ ok: true, value: 1 });
  });

  it('is told which run is in the way once there is no time left, and does nothing', async () => {
    const aborted = AbortSignal.abort();
    const answer = await bookOf('one').alone(KEY, signal, () =>
      bookOf('two').alone(KEY, aborted, () => Promise.reject(new Error('it did something'))),
    );
    expect(answer).toEqual({ ok: true, value: { ok: false, message: 'run one is opening or closing it' } });
  });

  it('is told why the lock is not to be had', async () => {
    const book = bookOf('one');
    book.use([KEY]);
    const [name = ''] = readdirSync(join(dir.path, 'drives'));
    mkdirSync(join(dir.path, 'drives', name, 'lock'));
    const answer = await book.alone(KEY, signal, () => Promise.reject(new Error('it did something')));
    expect(answer).toMatchObject({ ok: false, message: expect.stringContaining('cannot be locked') });
  });
});
