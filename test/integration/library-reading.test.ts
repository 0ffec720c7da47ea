import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import * as nbkp from '../../src/api/index.ts';
import type { Nbkp, Plan, Result } from '../../src/api/index.ts';
import { schemaErrors } from '../support/schemas.ts';
import { HAS_SMALL_BOXES } from '../support/ssh/machine.ts';
import { describeWithNetwork, needing } from '../support/ssh/network.ts';
import { LaptopAndServer, QUIET, runningOn } from '../support/ssh/server.ts';
import { OWN_ROOT, tarProject } from '../support/tar-project.ts';
import { specIn, valueOf } from '../support/library.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const BIG = randomBytes(24 * 1024 * 1024);

let dir: TempDir;

beforeAll(async () => {
  dir = await makeTempDir();
});

afterAll(() => dir.remove());

async function run(open: Nbkp, plan: Result<Plan>): Promise<void> {
  expect(valueOf(await nbkp.apply(open, valueOf(plan)).result)).toMatchObject({ exitCode: 0 });
}

function codes(result: Result<unknown>): [boolean, string[]] {
  return [result.ok, result.findings.map(({ code }) => code)];
}

async function digestOf(content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const DIGEST = createHash('sha256').update(BIG).digest('hex');

/** Processes of this machine that read a file, by what /proc says of their standard input. */
function readersOf(path: string): string {
  return spawnSync(
    'sh',
    ['-c', 'for f in /proc/[0-9]*/fd/0; do readlink "$f"; done 2>/dev/null | grep -xF "$1"', 'sh', path],
    {
      encoding: 'utf8',
    },
  ).stdout;
}

describe('on this machine', () => {
  let root: string;
  let file: string;
  let open: Nbkp;

  beforeAll(async () => {
    root = join(dir.path, 'local');
    for (const folder of ['source/Pictures', 'drive']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'source/big'), BIG);
    writeFileSync(join(root, 'source/letter'), 'first');
    writeFileSync(join(root, 'source/Pictures/a\n"name"'), '');
    symlinkSync('/etc/passwd', join(root, 'source/link'));
    symlinkSync('/etc', join(root, 'source/etc'));
    file = join(root, 'nbkp.toml');
    writeFileSync(file, specIn(root));
    open = valueOf(await nbkp.openSpec({ file, cwd: root, env: process.env, stateDir: join(root, 'state') }));
    await run(open, await nbkp.prepare(open));
    await run(open, await nbkp.plan(open));
    writeFileSync(join(root, 'source/letter'), 'second');
    await run(open, await nbkp.plan(open));
  });

  afterAll(() => open.close());

  const read = (path: string, more: { snapshot?: string; signal?: AbortSignal } = {}) =>
    nbkp.readFile(open, { sync: 'documents', path, ...more });
  const textOf = async (path: string, snapshot?: string): Promise<string> => {
    const chunks = await valueOf(await read(path, snapshot === undefined ? {} : { snapshot })).content.toArray();
    return Buffer.concat(chunks as Buffer[]).toString();
  };

  it('reads a file of any snapshot, by its path there or in the source', async () => {
    expect(await textOf('letter')).toBe('second');
    expect(await textOf('letter', '-2')).toBe('first');
    expect(await textOf(join(root, 'source/letter'))).toBe('second');
    expect(await textOf('Pictures/a\\#012"name"')).toBe('');
    const { file: big, content, snapshot } = valueOf(await read('big'));
    expect(big).toMatchObject({ name: 'big', size: BIG.length, type: 'file' });
    expect(snapshot).toMatch(/^\d{4}-/);
    expect(await digestOf(content)).toBe(DIGEST);
  });

  it('has findings for what is not there, and follows no link', async () => {
    expect(codes(await read('lettre'))).toEqual([false, ['path-not-in-snapshot']]);
    expect(codes(await read('letter', { snapshot: '1999' }))[0]).toBe(false);
    expect(codes(await read('../nbkp.toml'))[0]).toBe(false);
    expect(codes(await read('etc/passwd'))).toEqual([false, ['path-not-in-snapshot']]);
    for (const path of ['', 'Pictures', 'link']) expect(codes(await read(path)), path).toEqual([false, ['usage']]);
  });

  it.skipIf(process.getuid?.() !== 0)('says what cannot be read', () => {
    // For another user, since root may read all.
    const script = `import * as nbkp from ${JSON.stringify(join(OWN_ROOT, 'dist/index.js'))};
const opened = await nbkp.openSpec({ file: ${JSON.stringify(file)}, env: process.env, stateDir: process.env.STATE });
const read = await nbkp.readFile(opened.value, { sync: 'documents', path: 'secret' });
console.log(JSON.stringify(read.findings.map(({ code, message }) => [code, message])));
await opened.value.close();`;
    const latest = execFileSync('readlink', ['-f', join(root, 'drive/latest')], { encoding: 'utf8' }).trim();
    writeFileSync(join(latest, 'secret'), 'mine', { mode: 0o600 });
    for (const folder of [dir.path, root]) chmodSync(folder, 0o755);
    const state = join(dir.path, 'other-state');
    mkdirSync(state);
    chmodSync(state, 0o777);
    const other = [
      '--reuid=65534',
      '--regid=65534',
      '--clear-groups',
      process.execPath,
      '--input-type=module',
      '-e',
      script,
    ];
    const { stdout, stderr } = spawnSync('setpriv', other, { encoding: 'utf8', env: { ...process.env, STATE: state } });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/snapshot-unreadable.*Permission denied/);
    rmSync(join(latest, 'secret'));
  });

  it.each(['destroy', 'signal', 'close'] as const)('ends what reads when it is told to: %s', async (how) => {
    const stop = new AbortController();
    const other = valueOf(await nbkp.openSpec({ file, env: process.env, stateDir: join(root, 'state') }));
    const options = { sync: 'documents', path: 'big', signal: stop.signal };
    const { content, snapshot } = valueOf(await nbkp.readFile(other, options));
    const path = join(root, 'drive/snapshots', snapshot ?? '', 'big');
    // Nobody has taken anything: it waits.
    expect(readersOf(path)).not.toBe('');
    const failed = how === 'destroy' ? undefined : once(content, 'error');
    if (how === 'destroy') content.destroy();
    else if (how === 'signal') stop.abort();
    else await other.close();
    if (failed !== undefined) expect(await failed).toMatchObject([{ message: expect.stringContaining('cancelled') }]);
    await vi.waitFor(() => expect(readersOf(path)).toBe(''), { timeout: 120_000 });
    expect(await nbkp.readFile(open, { ...options, signal: AbortSignal.abort() })).toMatchObject({ ok: false });
    await other.close();
  });

  it('compares snapshots and specs', async () => {
    const changes = valueOf(await nbkp.compare(open, { sync: 'documents' }));
    expect(changes.entries).toMatchObject([{ change: 'changed', path: 'letter' }]);
    const same = valueOf(await nbkp.compare(open, { sync: 'documents', from: 'latest', to: 'latest' }));
    expect(same.entries).toEqual([]);
    expect(codes(await nbkp.compare(open, { sync: 'nosuch' }))).toEqual([false, ['usage']]);

    const was = { text: specIn(root, 'max-age = "7d"\n').replace('hard-link', 'none') };
    const differences = [
      valueOf(await nbkp.diff(open, { from: was })),
      valueOf(await nbkp.diff(open, { from: was, to: 'nbkp.toml', facts: valueOf(await nbkp.observe(open)) })),
      valueOf(await nbkp.diff(open, { from: was, to: valueOf(await nbkp.plan(open)) })),
    ];
    for (const document of differences) {
      expect(document.syncs).toMatchObject([{ name: 'documents', change: 'changed' }]);
      expect(schemaErrors('diff', JSON.parse(JSON.stringify(document)))).toEqual([]);
    }
    expect(differences.map(({ basis }) => basis)).toEqual(['none', 'observed', 'observed']);
    expect(schemaErrors('snapshots-diff', JSON.parse(JSON.stringify(changes)))).toEqual([]);
    expect(valueOf(await nbkp.diff(open, { from: 'nbkp.toml' })).syncs).toEqual([]);
    expect(codes(await nbkp.diff(open, { from: 'nosuch.toml' }))[0]).toBe(false);
    execFileSync('git', ['init', '-q'], { cwd: root });
    execFileSync('git', ['add', 'nbkp.toml'], { cwd: root });
    expect(valueOf(await nbkp.diff(open, { from: ':nbkp.toml' })).a.source).toBe(':nbkp.toml');
  });

  it('writes a file out as its page shows it', () => {
    const page = readFileSync(fileURLToPath(new URL('../../docs/api.md', import.meta.url)), 'utf8');
    const [, code = ''] = /## A file in a snapshot\n\n```js\n([\s\S]*?)```/.exec(page) ?? [];
    mkdirSync(join(root, 'node_modules'));
    symlinkSync(OWN_ROOT, join(root, 'node_modules/nbkp'));
    writeFileSync(join(root, 'example.mjs'), code.replace(/'\/home\/[^']*'/, JSON.stringify(file)));
    const env = { ...process.env, NBKP_STATE_DIR: join(root, 'state') };
    const { stderr, status } = spawnSync(process.execPath, ['example.mjs'], { cwd: root, env, encoding: 'utf8' });
    expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
    expect(readFileSync(join(root, 'letter'), 'utf8')).toBe('second');
  });
});

describe('plugins', () => {
  it('are loaded when the program says so, and were trusted', async () => {
    const sandbox = tarProject(join(dir.path, 'project'));
    const given = { file: sandbox.spec, env: sandbox.environment(), stateDir: sandbox.state };
    expect(codes(await nbkp.openSpec(given))).toEqual([false, ['executor-unknown']]);
    const open = valueOf(await nbkp.openSpec({ ...given, plugins: 'trusted' }));
    await run(open, await nbkp.plan(open));
    expect(valueOf(await nbkp.status(open)).syncs).toMatchObject([{ well: true }, { well: true }]);
    await open.close();
    expect(sandbox.nbkp('plugins', 'trust', '--revoke').code).toBe(0);
    const revoked = await nbkp.openSpec({ ...given, plugins: 'trusted' });
    const plan = revoked.ok ? await nbkp.plan(revoked.value) : revoked;
    expect(JSON.stringify(plan)).toContain('plugin-not-trusted');
  });
});

const READS_TWO = 'a file is read whole, and beside it the connection does other things';

describeWithNetwork('from a server', () => {
  let lab: LaptopAndServer;
  let open: Nbkp;

  beforeAll(async () => {
    lab = await LaptopAndServer.start();
    const bin = join(dir.path, 'bin');
    mkdirSync(bin);
    // The tests run on no machine of the network: their ssh does.
    const ssh = `#!/bin/sh\nexec ${lab.laptop.enter.join(' ')} /usr/bin/ssh "$@"\n`;
    writeFileSync(join(bin, 'ssh'), ssh, { mode: 0o755 });
    const source = join(dir.path, 'source');
    mkdirSync(source);
    writeFileSync(join(source, 'big'), BIG);
    await lab.hub.must('mkdir ~/backups');
    const env = { PATH: `${bin}${delimiter}${process.env['PATH']}`, HOME: lab.laptop.home };
    const text = `version = 1
[ssh.hub]
host = "hub.road"
[volumes.laptop]
path = ${JSON.stringify(source)}
[volumes.hub]
ssh = "hub"
path = "~/backups"
[syncs.big]
source = "laptop"
destination = "hub"
snapshots.mode = "hard-link"
`;
    open = valueOf(await nbkp.openSpec({ text, env, stateDir: join(dir.path, 'remote-state') }));
    await run(open, await nbkp.prepare(open));
    await run(open, await nbkp.plan(open));
  });

  afterAll(async () => {
    await open.close();
    await lab.stop();
  });

  test.skipIf(HAS_SMALL_BOXES)(needing('second session that is read from', READS_TWO), async () => {
    const waiting = valueOf(await nbkp.readFile(open, { sync: 'big', path: 'big' }));
    const { content } = valueOf(await nbkp.readFile(open, { sync: 'big', path: 'big' }));
    expect(await digestOf(content)).toBe(DIGEST);
    expect(codes(await nbkp.readFile(open, { sync: 'big', path: 'bog' }))).toEqual([false, ['path-not-in-snapshot']]);
    expect(await digestOf(waiting.content)).toBe(DIGEST);
  });

  test('nothing goes on there when it is cancelled', async () => {
    const stop = new AbortController();
    const { content } = valueOf(await nbkp.readFile(open, { sync: 'big', path: 'big', signal: stop.signal }));
    expect(await runningOn(lab.hub)).toContain('cat');
    const failed = once(content, 'error');
    stop.abort();
    await failed;
    await open.close();
    await vi.waitFor(async () => expect(await runningOn(lab.hub)).toEqual(QUIET), { timeout: 120_000 });
  });
});
