import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as nbkp from '../../src/api/index.ts';
import type { Nbkp, Plan, RunEvent } from '../../src/api/index.ts';
import { schemaErrors } from '../support/schemas.ts';
import { specIn, valueOf } from '../support/library.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

let dir: TempDir;
let count = 0;
let root: string;
let file: string;
let state: string;
let open: Nbkp;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

beforeEach(async () => {
  root = join(dir.path, `world-${(count += 1)}`);
  for (const folder of ['source/Pictures', 'drive']) mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'source/letter'), 'first');
  writeFileSync(join(root, 'source/Pictures/rose'), 'red');
  file = join(root, 'nbkp.toml');
  state = join(root, 'state');
  writeFileSync(file, specIn(root));
  open = valueOf(await nbkp.openSpec({ file, env: process.env, stateDir: state }));
  return () => open.close();
});

async function run(plan: Plan): Promise<string[]> {
  const running = nbkp.apply(open, plan);
  const events: RunEvent[] = [];
  for await (const event of running) events.push(event);
  expect(valueOf(await running.result)).toMatchObject({ exitCode: 0 });
  return events.map(({ type }) => type);
}

async function prepared(): Promise<void> {
  await run(valueOf(await nbkp.prepare(open)));
}

function openFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    const link = `/proc/self/fd/${descriptor}`;
    return existsSync(link) ? [readlinkSync(link)] : [];
  });
}

/** The example of docs/api.md, with the spec of this test in place of a person's. */
function example(): string {
  const page = readFileSync(join(ROOT, 'docs/api.md'), 'utf8');
  const [, code = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
  return code.replace(/'\/home\/[^']*'/, JSON.stringify(file));
}

describe('the library', () => {
  it('does what the example of its page shows, from the package', async () => {
    await prepared();
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(ROOT, join(root, 'node_modules/nbkp'));
    writeFileSync(join(root, 'example.mjs'), example());
    const env = { ...process.env, NBKP_STATE_DIR: state };
    const { stdout, stderr } = spawnSync(process.execPath, ['example.mjs'], { cwd: root, env, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining(['run-started', 'run-finished', '0']));
    expect(readFileSync(join(root, 'drive/latest/letter'), 'utf8')).toBe('first');
  });

  it('prepares, plans and runs, and tells of it', async () => {
    await prepared();
    const plan = valueOf(await nbkp.plan(open, { files: true }));
    const types = await run(plan);
    expect(types[0]).toBe('run-started');
    expect(types.at(-1)).toBe('run-finished');
    expect(readFileSync(join(root, 'drive/latest/letter'), 'utf8')).toBe('first');
  });

  it('returns the documents that the commands print', async () => {
    await prepared();
    await run(valueOf(await nbkp.plan(open)));
    const documents = {
      status: valueOf(await nbkp.status(open)),
      check: valueOf(await nbkp.check(open)),
      history: valueOf(await nbkp.history(open)),
      snapshots: valueOf(await nbkp.snapshots(open)),
      simulation: valueOf(await nbkp.simulate(open, { days: 30, keep: 'daily=7' })),
      ls: valueOf(await nbkp.list(open, { sync: 'documents', path: 'Pictures' })),
      find: valueOf(await nbkp.find(open, { pattern: 'rose' })),
      verify: valueOf(await nbkp.verify(open)),
      facts: valueOf(await nbkp.observe(open)),
      plan: valueOf(await nbkp.plan(open)),
    };
    for (const [name, document] of Object.entries(documents)) {
      expect(schemaErrors(name, JSON.parse(JSON.stringify(document))), name).toEqual([]);
    }
    expect(documents.status.syncs).toMatchObject([{ well: true }]);
    expect(documents.history.runs).toHaveLength(2);
    expect(documents.simulation.syncs[0]?.days.at(-1)).toMatchObject({ snapshots: 7, bytes: null });
    expect(await nbkp.simulate(open, { keep: 'dayly=7' })).toMatchObject({ ok: false, findings: [{ code: 'usage' }] });
    expect(documents.ls.entries).toHaveLength(1);
    expect(documents.find.versions).toHaveLength(1);
  });

  it('verifies with a spec that is in no file, or was in one', async () => {
    await using given = valueOf(
      await nbkp.openSpec({ text: specIn(root), cwd: root, env: process.env, stateDir: state }),
    );
    valueOf(await nbkp.apply(given, valueOf(await nbkp.prepare(given))).result);
    valueOf(await nbkp.apply(given, valueOf(await nbkp.plan(given))).result);
    expect(valueOf(await nbkp.verify(given))).toMatchObject({ ok: true, syncs: [{ state: 'verified', problems: [] }] });
    rmSync(file);
    expect(valueOf(await nbkp.verify(open))).toMatchObject({ ok: true, syncs: [{ state: 'verified' }] });
  });

  it('restores', async () => {
    await prepared();
    await run(valueOf(await nbkp.plan(open)));
    const to = join(dir.path, 'restored');
    await run(valueOf(await nbkp.restore(open, { sync: 'documents', paths: ['letter'], to })));
    expect(readFileSync(join(to, 'letter'), 'utf8')).toBe('first');
    expect(existsSync(join(to, 'Pictures'))).toBe(false);
    expect(await nbkp.restore(open, { sync: 'documents', paths: ['lettre'], to })).toMatchObject({
      ok: false,
      findings: [{ code: 'path-not-in-snapshot' }],
    });
  });

  it('refuses a plan of what has changed since, and one that was changed', async () => {
    await prepared();
    const plan = valueOf(await nbkp.plan(open));
    await run(plan);
    expect(await nbkp.apply(open, plan).result).toMatchObject({ ok: false, findings: [{ code: 'plan-stale' }, {}] });
    const changed = valueOf(await nbkp.plan(open));
    const evil = join(dir.path, 'evil');
    for (const step of changed.steps) step.commands = [['touch', evil]];
    expect(await nbkp.apply(open, changed).result).toMatchObject({ ok: false });
    expect(existsSync(evil)).toBe(false);
  });

  it('runs what only allowDestructive plans when it is told so twice', async () => {
    await prepared();
    const plan = valueOf(await nbkp.plan(open, { allowDestructive: true }));
    expect(await nbkp.apply(open, plan).result).toMatchObject({
      ok: false,
      findings: [{ code: 'permission-missing' }],
    });
    expect(await nbkp.apply(open, plan, { allowDestructive: true }).result).toMatchObject({ ok: true });
  });

  it('runs although nobody iterates, and ends in order when its signal aborts', async () => {
    await prepared();
    const plan = valueOf(await nbkp.plan(open));
    const stopped = AbortSignal.abort();
    const ended = valueOf(await nbkp.apply(open, plan, { signal: stopped }).result);
    expect(ended.exitCode).toBe(143);
    const again = valueOf(await nbkp.plan(open));
    expect(valueOf(await nbkp.apply(open, again).result)).toMatchObject({ exitCode: 0 });
  });

  it('ends at once when it is killed, and is none at work from then on, although the program goes on', async () => {
    await prepared();
    const slow = { text: specIn(root, 'rsync.extra-options = ["--bwlimit=1"]'), env: process.env, stateDir: state };
    const slowly = valueOf(await nbkp.openSpec(slow));
    writeFileSync(join(root, 'source/large'), Buffer.alloc(1_000_000, 'x'));
    const running = nbkp.apply(slowly, valueOf(await nbkp.plan(slowly)));
    for await (const { type } of running) if (type === 'step-started') running.kill();
    expect(await running.result).toMatchObject({ ok: false, findings: [{ code: 'run-killed' }] });
    const ownFiles = () => openFiles().filter((path) => path.startsWith(root));
    await vi.waitFor(() => expect(ownFiles()).toEqual([]), { timeout: 30_000 });
    const planned = await nbkp.plan(slowly);
    expect(planned.findings).toEqual([]);
    expect(valueOf(planned).findings.map(({ code }) => code)).not.toContain('run-at-work');
    expect(valueOf(await nbkp.history(slowly)).runs).toMatchObject([{ state: 'died' }]);
    await slowly.close();
  });

  it('opens several specs, one of them without a file', async () => {
    await prepared();
    const other = valueOf(
      await nbkp.openSpec({
        text: specIn(root),
        cwd: root,
        env: { PATH: process.env['PATH'] },
        stateDir: join(root, 'other'),
      }),
    );
    expect(valueOf(await nbkp.plan(other)).steps.length).toBeGreaterThan(0);
    expect(valueOf(await nbkp.plan(open)).steps.length).toBeGreaterThan(0);
    await other.close();
    await expect(nbkp.plan(other)).rejects.toThrow('is not open');
    expect(valueOf(await nbkp.plan(open)).steps.length).toBeGreaterThan(0);
  });

  it('closes a spec when its signal aborts', async () => {
    const stop = new AbortController();
    const given = { file, env: process.env, stateDir: state, signal: stop.signal };
    const other = valueOf(await nbkp.openSpec(given));
    expect(await nbkp.plan(other)).toMatchObject({ ok: true });
    stop.abort();
    await expect(nbkp.plan(other)).rejects.toThrow('is not open');
    await expect(nbkp.plan(valueOf(await nbkp.openSpec(given)))).rejects.toThrow('is not open');
  });

  it('has findings for a spec that is none, and for names that are in no spec', async () => {
    const bad = join(dir.path, 'bad.toml');
    writeFileSync(bad, 'version = 1\n[syncs.x]\nsource = "nowhere"\n');
    expect(await nbkp.openSpec({ file: bad, env: process.env, stateDir: state })).toMatchObject({ ok: false });
    const unknown = { ok: false, findings: [{ code: 'usage' }] };
    expect(await nbkp.plan(open, { only: ['nosuch'] })).toMatchObject(unknown);
    expect(await nbkp.observe(open, { syncs: ['nosuch'] })).toMatchObject(unknown);
    expect(await nbkp.restore(open, { sync: 'documents', to: 'here' })).toMatchObject(unknown);
  });
});
