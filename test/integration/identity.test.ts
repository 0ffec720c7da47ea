import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lineCommand } from '../../src/planner/kinds/create/commands.ts';
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
const COPIED = ['transfer:documents', 'snapshot:documents'];

describe('a destination', () => {
  it('belongs to the source that it was prepared for, and says so for all to read', () => {
    const { id } = saidIn(source());
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(saidIn(destination())).toMatchObject({ formatVersion: '1.0', source: id, sync: 'documents' });
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
