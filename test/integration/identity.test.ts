import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lineCommand } from '../../src/planner/kinds/create/commands.ts';
import type { StatusDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import { stateOf } from '../support/tree.ts';

let dir: TempDir;
let subject: Backup;

beforeAll(async () => {
  dir = await makeTempDir();
  subject = new Backup(join(dir.path, 'world'), { mode: 'hard-link' });
  subject.write({ file: '1' });
  subject.run(0);
  subject.sandbox.save();
});

afterAll(() => dir.remove());

beforeEach(() => subject.sandbox.reset());

function source(): string {
  return join(subject.source, '.nbkp-src');
}

function noteAt(): string {
  return join(subject.destination, '.nbkp-last.json');
}

function destination(): string {
  return join(subject.destination, '.nbkp-dst');
}

function saidIn(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
}

/** Another source in the place of this one, as after the purchase of a new laptop. */
function newHome(): void {
  renameSync(subject.source, `${subject.source}-old`);
  mkdirSync(subject.source);
  subject.write({ file: 'of a new home' });
}

const ids = (): string[] => subject.run(0).steps.map(({ id }) => id);
const COPIED = ['transfer:documents', 'snapshot:documents', 'record:documents'];

describe('a destination', () => {
  it('belongs to the source that it was prepared for, and says so for all to read', () => {
    const { id } = saidIn(source());
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(saidIn(destination())).toMatchObject({ formatVersion: '1.0', source: id, sync: 'documents' });
    expect(saidIn(destination())['spec']).toBe(realpathSync(subject.sandbox.spec));
    for (const path of [source(), destination()]) expect((statSync(path).mode & 0o777).toString(8)).toBe('644');
    expect(ids()).toEqual(COPIED);
  });

  it('that belongs to nobody is adopted once, which the plan shows', () => {
    for (const path of [source(), destination()]) writeFileSync(path, '');
    const shown = subject.plan().steps.filter(({ kind }) => kind === 'create');
    expect(shown.map(({ id }) => id)).toEqual(['adopt:documents:source', 'adopt:documents']);
    expect(ids().sort()).toEqual(['adopt:documents', 'adopt:documents:source', ...COPIED.toSorted()]);
    expect(saidIn(destination())['source']).toBe(saidIn(source())['id']);
    expect(ids()).toEqual(COPIED);
  });

  it('of another source is refused until a person says that it is taken over', async () => {
    newHome();
    const before = await stateOf(subject.destination);
    expect(subject.sandbox.nbkp('prepare', '--yes').code).toBe(3);
    const { syncs, findings } = subject.run(3);
    expect(syncs).toMatchObject([{ outcome: 'blocked' }]);
    expect(findings).toMatchObject([{ code: 'destination-owned', help: expect.stringContaining('usb --take-over') }]);
    subject.run(3, '--allow-destructive');
    expect(subject.sandbox.nbkp('snapshots', 'prune', '--yes').code).toBe(3);
    expect(await stateOf(subject.destination)).toEqual(before);

    subject.expectCode(0, subject.sandbox.nbkp('prepare', 'usb', '--take-over', '--yes'));
    subject.run(0);
    expect(saidIn(destination())['source']).toBe(saidIn(source())['id']);
    expect(await subject.roundTrip()).toMatchObject({ source: expect.arrayContaining([expect.anything()]) });
  });

  it("stays the source's when its sync is renamed and its spec is moved", () => {
    const spec = readFileSync(subject.sandbox.spec, 'utf8').replace('[syncs.documents]', '[syncs.papers]');
    const moved = join(subject.sandbox.root, 'elsewhere.toml');
    writeFileSync(moved, spec);
    subject.expectCode(0, subject.sandbox.nbkp('run', '--spec', moved));
  });

  it("whose mark is damaged is nobody's until it is taken over", () => {
    writeFileSync(destination(), '{"formatVersion":"1.0","sou');
    expect(subject.run(3).findings).toMatchObject([{ code: 'destination-owned' }]);
    subject.expectCode(0, subject.sandbox.nbkp('prepare', 'usb', '--take-over', '--yes'));
    subject.run(0);
  });

  it("may be several sources' where nothing is ever deleted", () => {
    subject.respec({ mode: 'none', sync: 'rsync.delete = false' });
    for (const name of ['latest', 'snapshots']) rmSync(join(subject.destination, name), { recursive: true });
    newHome();
    subject.sandbox.nbkp('prepare', '--yes');
    expect(ids()).toEqual(['transfer:documents']);
  });
});

/** What another state directory knows of the sync, as after a reinstall; this one's with `null`. */
function lastSuccess(spec: string | null = null, state: string | null = 'elsewhere'): string | null {
  const env: Record<string, string> = state === null ? {} : { NBKP_STATE_DIR: join(subject.sandbox.root, state) };
  const args = ['status', '--json', ...(spec === null ? [] : ['--spec', spec])];
  const { stdout } = subject.sandbox.nbkpWith(env, ...args);
  return (JSON.parse(stdout) as { syncs: { lastSuccess: string | null }[] }).syncs[0]?.lastSuccess ?? null;
}

/** @param code that it has to end with; null: any */
function statusNow(code: number | null): StatusDocument {
  const answer = subject.sandbox.nbkp('status', '--json');
  return JSON.parse((code === null ? answer : subject.expectCode(code, answer)).stdout) as StatusDocument;
}

describe('the last success', () => {
  it('is noted at the destination, for a state directory that does not have it', () => {
    const note = saidIn(noteAt());
    expect(note).toMatchObject({ formatVersion: '1.0', source: saidIn(source())['id'], sync: 'documents' });
    expect(note['snapshot']).toBe(subject.snapshots()[0]);
    expect(lastSuccess()).toBe(note['at']);
    subject.respec({ mode: 'hard-link', sync: 'max-age = "1d"' });
    subject.expectCode(0, subject.sandbox.nbkpWith({ NBKP_STATE_DIR: join(subject.sandbox.root, 'x') }, 'status'));
  });

  it('is not believed when it is another source’s, of the future, damaged, a link, or a folder', () => {
    const good = readFileSync(noteAt(), 'utf8');
    const bad = [
      good.replace(/"source":"[^"]*"/, '"source":"00000000-0000-0000-0000-000000000000"'),
      good.replace(/"at":"\d{4}/, '"at":"2999'),
      good.slice(0, 30),
      good.replace('"1.0"', '"2.0"'),
      good.replace(/"at":"[^"]*"/, '"at":"yesterday"'),
      `${' '.repeat(9000)}${good}`,
      '[]',
    ];
    for (const text of bad) {
      writeFileSync(noteAt(), text);
      expect(lastSuccess(), text).toBe(null);
    }
    rmSync(noteAt());
    writeFileSync(join(subject.sandbox.root, 'note'), good);
    symlinkSync(join(subject.sandbox.root, 'note'), noteAt());
    expect(lastSuccess()).toBe(null);
    subject.run(0);
    expect(readFileSync(join(subject.sandbox.root, 'note'), 'utf8')).toBe(good);
    expect(lastSuccess()).toBe(saidIn(noteAt())['at']);

    rmSync(noteAt());
    mkdirSync(noteAt());
    const { steps, syncs } = subject.run(0);
    expect(syncs).toMatchObject([{ outcome: 'succeeded' }]);
    expect(steps.at(-1)?.findings).toMatchObject([{ severity: 'warning', code: 'success-unnoted' }]);
  });

  it('stays known when the spec is copied, its sync renamed, and the drive away', () => {
    const copy = join(subject.sandbox.root, 'copy.toml');
    writeFileSync(copy, readFileSync(subject.sandbox.spec, 'utf8').replace('[syncs.documents]', '[syncs.papers]'));
    renameSync(subject.drive, `${subject.drive}-away`);
    const known = lastSuccess(null, null);
    expect(known).not.toBe(null);
    expect(lastSuccess(copy, null)).toBe(known);
    renameSync(`${subject.drive}-away`, subject.drive);
    subject.expectCode(0, subject.sandbox.nbkp('run', '--spec', copy));
    expect(Date.parse(lastSuccess(null, null) ?? '')).toBeGreaterThan(Date.parse(known ?? ''));
  });

  it('is none where the sync leads elsewhere since, and is known again when it leads back', () => {
    const spec = readFileSync(subject.sandbox.spec, 'utf8').replace(
      '[syncs.documents]',
      '[syncs.documents]\nmax-age = "1d"',
    );
    const known = lastSuccess(null, null);
    subject.sandbox.writeSpec(spec.replace('usb:documents', 'usb:elsewhere'));
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    expect(statusNow(4).syncs).toMatchObject([{ lastSuccess: null, lastRun: null, overdue: true, well: false }]);
    const { startedAt } = subject.run(0);
    expect(Date.parse(statusNow(0).syncs[0]?.lastSuccess ?? '')).toBeGreaterThanOrEqual(Date.parse(startedAt));

    rmSync(noteAt());
    subject.sandbox.writeSpec(spec);
    expect(lastSuccess(null, null)).toBe(known);
    expect(statusNow(0).syncs).toMatchObject([{ well: true, snapshots: { count: 1 } }]);
  });

  it('does not pass to another sync that takes the name', () => {
    mkdirSync(join(subject.sandbox.root, 'laptop', 'Music'));
    const known = lastSuccess(null, null);
    const spec = readFileSync(subject.sandbox.spec, 'utf8').replace('[syncs.documents]', '[syncs.papers]');
    subject.sandbox.writeSpec(
      `${spec}[syncs.documents]\nsource = "laptop:Music"\ndestination = "usb:music"\nmax-age = "1d"\n`,
    );
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    rmSync(noteAt());
    const both = (): (string | null)[] =>
      ['papers', 'documents'].map(
        (name) => statusNow(null).syncs.find((sync) => sync.name === name)?.lastSuccess ?? null,
      );
    expect(both()).toEqual([known, null]);
    subject.expectCode(0, subject.sandbox.nbkp('run', '--only', 'documents'));
    expect(both()).toEqual([known, expect.any(String)]);
  });

  it('without any snapshot that is left is not well, and the next run makes a full copy', () => {
    const [snapshot] = subject.snapshots();
    for (const name of ['latest', 'snapshots']) rmSync(join(subject.destination, name), { recursive: true });
    subject.expectCode(0, subject.sandbox.nbkp('prepare', '--yes'));
    const { findings, syncs } = statusNow(4);
    expect(findings).toContainEqual(
      expect.objectContaining({
        code: 'snapshots-gone',
        severity: 'warning',
        sync: 'documents',
        message: expect.stringContaining(snapshot ?? '?') as string,
      }),
    );
    expect(syncs).toMatchObject([{ well: false, state: 'available', snapshots: { count: 0 } }]);
    renameSync(subject.drive, `${subject.drive}-away`);
    expect(statusNow(0).findings).toEqual([]);
    renameSync(`${subject.drive}-away`, subject.drive);
    subject.run(0);
    expect(statusNow(0).findings).toMatchObject([{ code: 'one-disk' }]);
    expect(subject.snapshots()).toHaveLength(1);
  });

  it('does not make a copy without snapshots look changed', () => {
    subject.respec({ mode: 'none' });
    for (const name of ['latest', 'snapshots']) rmSync(join(subject.destination, name), { recursive: true });
    subject.run(0);
    utimesSync(subject.source, 1, 1);
    subject.run(0);
    expect(statSync(subject.destination).mtimeMs).toBe(1000);
    expect(saidIn(noteAt())).not.toHaveProperty('snapshot');
  });
});

describe.each([[['sh']], [['bash', '--posix']], [['busybox', 'ash']]])('with %j', ([program = '', ...first]) => {
  const run = ([, ...args]: readonly string[]) => spawnSync(program, [...first, ...args], { encoding: 'utf8' });

  it('a line is written whole over what is empty, and over more only when told to', () => {
    const path = join(dir.path, `-${program} "it's"\n`);
    execFileSync('touch', ['--', path, `${path}.new`]);
    expect(run(lineCommand(path, '{"a":"%s \\n"}', false))).toMatchObject({ status: 0, stderr: '' });
    expect(run(lineCommand(path, 'other', false)).status).toBe(1);
    expect(readFileSync(path, 'utf8')).toBe('{"a":"%s \\n"}\n');
    expect(run(lineCommand(path, 'other', true))).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(path, 'utf8')).toBe('other\n');
  });

  it('no line is written through a link or into a directory', () => {
    const place = join(dir.path, `places-${program}`);
    mkdirSync(join(place, 'folder'), { recursive: true });
    writeFileSync(join(place, 'file'), '');
    execFileSync('ln', ['-s', 'file', join(place, 'link')]);
    for (const name of ['folder', 'link']) expect(run(lineCommand(join(place, name), 'x', true)).status, name).toBe(1);
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('');
    expect(execFileSync('find', [place, '-name', '*.new'], { encoding: 'utf8' })).toBe('');
  });
});
