import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DiffDocument } from '../../src/planner/model/diff.ts';
import type { SnapshotsDocument, StatusDocument, VolumesDocument } from '../../src/planner/model/documents.ts';
import type { SpecDocument } from '../../src/planner/model/spec-documents.ts';
import type { VerifyDocument } from '../../src/planner/model/verification.ts';
import type { Plan } from '../../src/planner/model/plan.ts';
import { Sandbox } from '../support/sandbox.ts';
import { addPlugin, editFile, packageJson, trustPlugins } from '../support/tar-project.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

const PACKAGE = 'nbkp-executor-keeper';
const OLD = ['2026-01-01T10:00:00.000Z.tar.gz', '2026-01-02T10:00:00.000Z.tar.gz'];

let sandbox: Sandbox;
let spec: string;

/** The spec of docs/providing-a-volume.md, in a folder for tries. */
beforeAll(() => {
  sandbox = new Sandbox(join(dir.path, 'project'));
  sandbox.files({ 'laptop/documents/letter': 'Dear reader', 'package.json': packageJson(PACKAGE), 'usb/other': '' });
  const page = readFileSync('docs/providing-a-volume.md', 'utf8');
  spec = (/```toml\n(?<spec>[^]*?)```/.exec(page)?.groups?.['spec'] ?? '').replaceAll('~/keeper-try', sandbox.root);
  sandbox.writeSpec(spec);
  addPlugin(sandbox, PACKAGE, undefined, 'providing-a-volume');
  trustPlugins(sandbox);
  const prepared = sandbox.nbkp('prepare', '--yes');
  expect(prepared.code, prepared.stderr).toBe(0);
  const archives = Object.fromEntries(OLD.map((name) => [`usb/vault/archives/documents/${name}`, '']));
  sandbox.files(archives);
  sandbox.save();
});
beforeEach(() => sandbox.reset());

const archives = (): string[] => readdirSync(join(sandbox.root, 'usb/vault/archives/documents')).sort();

function json(code: number, ...args: string[]): unknown {
  const answer = sandbox.nbkp(...args, '--json');
  expect(answer.code, answer.stdout + answer.stderr).toBe(code);
  return JSON.parse(answer.stdout);
}

function edit(before: string, after: string): void {
  editFile(join(sandbox.root, 'node_modules', PACKAGE, 'index.js'), before, after);
}

describe('a volume that an executor provides', () => {
  it('is planned, filled and pruned by the rules of the spec, and the plan names what goes', () => {
    const plan = json(0, 'plan') as Plan;
    expect(plan.steps.map(({ id, executor }) => `${id} ${executor.name}`)).toEqual([
      'transfer:documents keeper',
      'prune:documents keeper',
      'record:documents prepare',
    ]);
    expect(plan.steps[1]).toMatchObject({
      dependsOn: ['transfer:documents'],
      commands: [['rm', '-f', '--', expect.stringContaining(OLD[0]!)]],
    });
    expect(plan.syncs[0]?.retention).toEqual([
      { name: '2026-01-01T10:00:00.000Z', verdict: 'prune', reasons: expect.any(Array) },
      { name: '2026-01-02T10:00:00.000Z', verdict: 'keep', reasons: expect.any(Array) },
    ]);
    const file = join(sandbox.root, 'a.plan');
    const shown = sandbox.nbkp('plan', '--out', file, '--only', 'vault:');
    expect(shown.stdout).toContain('2026-01-01T10:00:00.000Z');
    const applied = sandbox.nbkp('apply', file, '--yes');
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    const [kept, made = ''] = archives();
    expect([kept, archives().length]).toEqual([OLD[1], 2]);
    const packed = join(sandbox.root, 'usb/vault/archives/documents', made);
    expect(execFileSync('tar', ['--list', '-f', packed], { encoding: 'utf8' })).toBe('./\n./letter\n');
  });

  it('is told of by status and snapshots list, and pruned by itself', () => {
    editFile(sandbox.spec, 'last = 2', 'last = 1');
    const { syncs } = json(0, 'snapshots', 'list') as SnapshotsDocument;
    expect(syncs[0]).toMatchObject({ mode: 'keeper', latest: '2026-01-02T10:00:00.000Z' });
    expect(syncs[0]?.snapshots.map(({ verdict }) => verdict)).toEqual(['prune', 'keep']);
    const status = json(0, 'status') as StatusDocument;
    expect(status.syncs[0]?.snapshots).toMatchObject({ count: 2, latest: '2026-01-02T10:00:00.000Z' });
    expect(sandbox.nbkp('snapshots', 'prune', '--yes').code).toBe(0);
    expect(archives()).toEqual([OLD[1]]);
  });

  it('is shown by spec show, volumes list, status and diff as the spec has it', () => {
    const shown = json(0, 'spec', 'show') as SpecDocument;
    expect(shown.provided?.['vault']).toMatchObject({ executor: 'keeper', settings: { compress: true } });
    const text = sandbox.nbkp('spec', 'show').stdout;
    expect(text).toContain('vault: provided by keeper, on usb:vault');
    expect(text).toContain('laptop:documents → vault:documents');
    const list = json(0, 'volumes', 'list') as VolumesDocument;
    expect(list.volumes).toMatchObject([
      { name: 'vault', available: true, provided: { executor: 'keeper', on: 'usb:vault' } },
    ]);
    expect(sandbox.nbkp('volumes', 'list', 'vault').stdout).toContain('keeper on usb:vault');
    expect(sandbox.nbkp('volumes', 'list', 'usb').code).toBe(64);
    // That is the one that it lies on, where all is prepared.
    expect(sandbox.nbkp('prepare', 'vault').code).toBe(0);
    const status = json(0, 'status') as StatusDocument;
    expect(status.volumes.map(({ name }) => name)).toEqual(['laptop', 'usb', 'vault']);
    expect(status.syncs[0]).toMatchObject({ destination: 'vault:documents', snapshots: { count: 2 } });
    const moved = join(sandbox.root, 'moved.toml');
    writeFileSync(moved, readFileSync(sandbox.spec, 'utf8').replace('"vault:documents"', '"vault:letters"'));
    const { syncs, findings } = json(0, 'diff', sandbox.spec, moved) as DiffDocument;
    expect(syncs[0]?.fields).toContainEqual({ field: 'destination', was: 'vault:documents', is: 'vault:letters' });
    expect(findings.map(({ code }) => code)).toContain('destination-moved');
  });

  it('is absent when the one is that it lies on', () => {
    rmSync(join(sandbox.root, 'usb/.nbkp-vol'));
    const { syncs } = json(0, 'plan') as Plan;
    expect(syncs[0]).toMatchObject({ state: 'skipped' });
    expect(sandbox.nbkp('run').code).toBe(4);
    expect(archives()).toEqual(OLD);
  });

  it.each([
    ['absent', 'skipped', 'store-absent'],
    ['unusable', 'blocked', 'store-unusable'],
  ])('loses nothing while its executor says that it is %s', (state, became, code) => {
    edit('if (code !== 0)', `return { state: '${state}', reason: 'nobody is at home' }; if (code !== 0)`);
    const { syncs } = json(became === 'blocked' ? 1 : 0, 'plan') as Plan;
    expect(syncs[0]).toMatchObject({ state: became, code, reason: expect.stringContaining('nobody is at home') });
    sandbox.nbkp('run');
    expect(archives()).toEqual(OLD);
  });

  it('is blocked by an executor that provides none', () => {
    edit('  volumes: {', '  others: {');
    const { syncs } = json(1, 'plan') as Plan;
    expect(syncs[0]).toMatchObject({ state: 'blocked', code: 'executor-unknown' });
  });

  it.each([
    ['throws', "throw new Error('out of order')", 'out of order'],
    [
      'has two of one name',
      "return { state: 'ready', snapshots: [1, 2].map(() => ({ id: 'a', at: '2026-01-01' })) }",
      'ids',
    ],
    ['returns nothing', 'return {}', 'no history'],
  ])('is blocked by an executor whose history %s', (_, code, words) => {
    edit('if (code !== 0)', `${code}; if (code !== 0)`);
    const { syncs } = json(1, 'plan') as Plan;
    expect(syncs[0]).toMatchObject({ code: 'store-unusable', reason: expect.stringContaining(words) });
  });

  it('is not in facts that others have recorded without its answers', () => {
    const file = join(sandbox.root, 'facts.json');
    const facts = JSON.parse(sandbox.nbkp('facts', 'export').stdout) as {
      answers?: object;
      endpoints: Record<string, object>;
    };
    delete facts.answers;
    for (const endpoint of Object.values(facts.endpoints)) Object.assign(endpoint, { stored: undefined });
    writeFileSync(file, JSON.stringify(facts));
    const { syncs } = json(0, 'plan', '--facts', file) as Plan;
    expect(syncs[0]).toMatchObject({ state: 'skipped', code: 'store-unknown' });
  });

  it('may lie on no other volume, where its executor knows its place, and is prepared before it is used', () => {
    const stores = join(sandbox.state, 'stores');
    editFile(sandbox.spec, 'on = "usb:vault"', '');
    const nowhere = json(1, 'plan') as Plan;
    expect(nowhere.syncs[0]).toMatchObject({ code: 'provided-volume-unclear' });
    edit('  volumes: {', '  volumes: {\n    withoutOn: true,');
    const bucket = join(sandbox.root, 'bucket');
    edit('`${storePlace(sync, destination)}/archives', `\`${bucket}/archives`);
    const unprepared = json(0, 'plan') as Plan;
    expect(unprepared.syncs[0]).toMatchObject({
      state: 'skipped',
      absence: 'unprepared',
      destination: 'vault:documents',
    });
    expect(existsSync(stores)).toBe(false);
    expect(sandbox.nbkp('run').code).toBe(4);
    const prepared = sandbox.nbkp('prepare', '--yes');
    expect(prepared.code, prepared.stdout + prepared.stderr).toBe(0);
    expect(sandbox.nbkp('run').code).toBe(0);
    expect(readdirSync(join(bucket, 'archives/documents'))).toHaveLength(1);
    const status = json(0, 'status') as StatusDocument;
    expect(status.volumes.at(-1)).toMatchObject({
      name: 'vault',
      available: true,
      provided: { on: null },
      freeBytes: null,
    });
    expect(status.findings.map(({ code }) => code)).not.toContain('one-disk');
    expect(sandbox.nbkp('verify').code).toBe(0);
    const to = join(sandbox.root, 'from-bucket');
    expect(sandbox.nbkp('restore', 'documents', '--to', to, '--yes').code).toBe(0);
    expect(readdirSync(to)).toEqual(['letter']);
    // Another machine, or a state directory that was lost: what is kept is not.
    rmSync(stores, { recursive: true });
    expect((json(0, 'plan') as Plan).syncs[0]).toMatchObject({ absence: 'unprepared' });
    expect(sandbox.nbkp('prepare', '--yes').code).toBe(0);
    expect((json(0, 'snapshots', 'list') as SnapshotsDocument).syncs[0]?.snapshots).toHaveLength(1);
  });

  it('is verified by its executor, a snapshot at a time', () => {
    expect(sandbox.nbkp('run').code).toBe(0);
    const [older = '', newest = ''] = archives();
    const whole = json(0, 'verify') as VerifyDocument;
    const none = { total: 0, files: 0, bytes: 0, recorded: 0, sameAsSource: 0, unknown: 0, bad: 0 };
    expect(whole.syncs).toEqual([
      {
        ...{ name: 'documents', destination: 'vault:documents', snapshot: newest.slice(0, -7), by: 'keeper' },
        ...{ path: null, state: 'verified', counts: none, sample: null, problems: [] },
      },
    ]);
    expect(sandbox.nbkp('verify').stdout).toContain('keeper, which keeps it, found it whole');
    truncateSync(join(sandbox.root, 'usb/vault/archives/documents', newest), 20);
    const damaged = json(1, 'verify', 'documents') as VerifyDocument;
    expect(damaged.ok).toBe(false);
    expect(damaged.syncs[0]).toMatchObject({ state: 'failed', code: 'store-not-whole', by: 'keeper' });
    // That one was made by nobody, and is empty.
    const empty = json(1, 'verify', `documents@${older.slice(0, 10)}`) as VerifyDocument;
    expect(empty.syncs[0]).toMatchObject({ state: 'failed', snapshot: older.slice(0, -7) });
  });

  it.each([
    ['cannot', 'verify({ spec', 'other({ spec', 'store-opaque'],
    ['goes wrong', 'const file = `', "throw new Error('out of order'); const file = `", 'out of order'],
    ['asks nothing', 'return { host: hostAt(spec, sync.destination.volume), argv', 'return { argv', 'no question'],
  ])('is not verified by an executor that %s', (_, before, after, words) => {
    edit(before, after);
    expect(JSON.stringify(json(1, 'verify'))).toContain(words);
  });

  it('is absent for verify while its executor says so', () => {
    edit('if (code !== 0)', "return { state: 'absent', reason: 'nobody is at home' }; if (code !== 0)");
    const { syncs } = json(4, 'verify', 'documents') as VerifyDocument;
    expect(syncs[0]).toMatchObject({ state: 'absent', code: 'store-absent' });
  });

  it('is read by its executor alone, which brings it back into a folder of its own', () => {
    expect(sandbox.nbkp('ls', 'documents').stderr).toContain('store-opaque');
    sandbox.files({ 'laptop/documents/folder/other': 'another' });
    expect(sandbox.nbkp('run').code).toBe(0);
    const to = join(sandbox.root, 'back');
    const restored = sandbox.nbkp('restore', 'documents', '--to', to, '--yes');
    expect(restored.code, restored.stdout + restored.stderr).toBe(0);
    expect(readdirSync(to, { recursive: true }).sort()).toEqual(['folder', 'folder/other', 'letter']);
    const again = sandbox.nbkp('restore', 'documents', '--to', to, '--yes');
    expect(again.stdout + again.stderr).toContain('restore-folder-exists');
    const part = sandbox.nbkp('restore', 'documents@latest', 'folder', '--to', `${to}-2`, '--yes');
    expect(part.code, part.stdout + part.stderr).toBe(0);
    expect(readdirSync(`${to}-2`, { recursive: true }).sort()).toEqual(['folder', 'folder/other']);
  });
});
