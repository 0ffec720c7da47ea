import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BEGINNING, wholeBeginning } from '../../src/hosts/observe/beginning.ts';
import { askedOfBegun, begin, dropBegun, setBegun, type Begun } from '../../src/hosts/transport/begun.ts';
import { localTransport } from '../../src/hosts/transport/local.ts';
import { traceCommands } from '../../src/hosts/transport/trace.ts';
import type { TracedCommand } from '../../src/planner/model/traced-command.ts';
import { observeLocal } from '../support/observing.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const NBKP = join(import.meta.dirname, '../../bin/run.js');

let dir: TempDir;
let seen: TracedCommand[];

beforeEach(async () => {
  dir = await makeTempDir();
  seen = [];
  traceCommands((command) => seen.push(command));
});
afterEach(async () => {
  traceCommands(null);
  setBegun(null);
  await dir.remove();
});

/** As bin/run.js has it. A slow machine makes it no older than the test wants. */
function begun(agedMs = 0, script = BEGINNING, asked: string | null = null): Begun {
  const begun = { ...begin(['sh', '-c', script], asked), since: performance.now() - agedMs };
  setBegun(begun);
  return begun;
}

describe('a probe that has begun before the spec was read', () => {
  const look = async () => {
    const { hosts, volumes, endpoints } = await observeLocal({ volumes: { v: dir.path }, endpoints: [['v', 'e']] });
    const room = ['freeBytes', 'freeInodes'];
    return JSON.parse(
      JSON.stringify({ hosts, volumes, endpoints }, (key, value: unknown) => (room.includes(key) ? 0 : value)),
    ) as unknown;
  };

  beforeEach(() => {
    dir.make('e/snapshots/one');
    dir.touch('.nbkp-vol', 'e/.nbkp-dst');
  });

  it('says what another says, and is traced as one process', async () => {
    const { child } = begun();
    const facts = await look();
    expect(child.exitCode).toBe(0);
    expect(seen).toMatchObject([{ argv: ['sh', '-c', BEGINNING], end: 0 }]);
    expect(await look()).toEqual(facts);
    expect(seen).toHaveLength(2);
  });

  it('has its answer already where it was told what is asked, and is not believed where that was something else', async () => {
    begun();
    const facts = await look();
    const asked = askedOfBegun() ?? '';
    const told = wholeBeginning(asked);
    begun(0, told, asked);
    expect(await look()).toEqual(facts);
    begun(0, told, `${asked} `);
    expect(await look()).toEqual(facts);
    expect(seen.map(({ end }) => end)).toEqual([0, 0, 'SIGTERM', 0]);
    expect(seen[1]?.argv).toEqual(['sh', '-c', told]);
  });

  it('is not believed once it has waited for long, or when it has ended', async () => {
    begun(60_000);
    const facts = await look();
    expect(seen.map(({ end }) => end)).toEqual(['SIGTERM', 0]);
    const { child } = begun();
    child.kill('SIGKILL');
    await vi.waitUntil(() => child.signalCode !== null, 30_000);
    expect(await look()).toEqual(facts);
  });

  it('is ended before anything else runs, which may change what it saw', async () => {
    const { child } = begun();
    await localTransport().run(['true']);
    await vi.waitUntil(() => child.signalCode === 'SIGTERM', 30_000);
    expect(seen.map(({ end }) => end)).toEqual(['SIGTERM', 0]);
    dropBegun();
    expect(seen).toHaveLength(2);
  });
});

describe('nbkp plan', () => {
  /** A findmnt that does not end. Who ends it is what these are about. */
  const hanging = () => {
    const program = join(dir.path, 'findmnt');
    writeFileSync(program, `#!/bin/sh\nenv >${dir.path}/env\necho $$ >${dir.path}/pid\nexec sleep 600\n`);
    chmodSync(program, 0o755);
    writeFileSync(join(dir.path, 'nbkp.toml'), `version = 1\n[volumes.v]\npath = "${dir.path}"\n`);
  };
  const nbkp = (spec: string) =>
    spawn(process.execPath, [NBKP, 'plan', '--spec', join(dir.path, spec)], {
      env: {
        ...{ PATH: `${dir.path}:${process.env['PATH']}`, HOME: dir.path, NBKP_STATE_DIR: join(dir.path, 'state') },
        ...{ NBKP_PASSPHRASE_USB: 'secret', NODE_NO_WARNINGS: '1' },
      },
      stdio: 'ignore',
    });
  const read = (file: string): string =>
    existsSync(join(dir.path, file)) ? readFileSync(join(dir.path, file), 'utf8') : '';

  /** What has ended and was not waited for yet has a number still. */
  const runs = (): boolean => {
    const pid = read('pid').trim();
    return pid !== '' && existsSync(`/proc/${pid}`) && !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  };

  it('is told what it was asked the last time, and asks anew where the spec has changed since', () => {
    const [spec, trace] = [join(dir.path, 'nbkp.toml'), join(dir.path, 'trace')];
    const source = (name: string) => {
      const sync = `[syncs.s]\nsource = "v:${name}"\ndestination = "v:copy"\n`;
      writeFileSync(spec, `version = 1\n[volumes.v]\npath = "${dir.path}"\n${sync}`);
    };
    /** What the first process is told, and the last. On a slow machine the first is not believed, and another one asked. */
    const told = (): (string | undefined)[] => {
      rmSync(trace, { force: true });
      const env = { PATH: process.env['PATH'], HOME: dir.path, NBKP_TRACE: trace };
      expect(spawnSync(process.execPath, [NBKP, 'plan', '--spec', spec], { env }).error).toBeUndefined();
      const lines = read('trace').trim().split('\n');
      return [lines[0], lines.at(-1)].map((line) => ['place-1', 'place-2'].find((name) => line?.includes(name)));
    };
    source('place-1');
    expect(told()[0]).toBeUndefined();
    expect(told()).toEqual(['place-1', 'place-1']);
    source('place-2');
    expect(told()).toEqual(['place-1', 'place-2']);
    expect(told()).toEqual(['place-2', 'place-2']);
  });

  it('leaves nothing behind when it is interrupted, and tells no program a passphrase', async () => {
    hanging();
    const child = nbkp('nbkp.toml');
    await vi.waitUntil(runs, 60_000);
    expect(read('env')).toMatch(/^LC_ALL=C$/m);
    expect(read('env')).not.toMatch(/NBKP_PASSPHRASE|NODE_NO_WARNINGS|secret/);
    child.kill('SIGINT');
    await vi.waitUntil(() => child.exitCode !== null || child.signalCode !== null, 60_000);
    await vi.waitUntil(() => !runs(), 60_000);
  });

  it('leaves nothing behind when there is no spec', async () => {
    hanging();
    const child = nbkp('none.toml');
    await vi.waitUntil(() => child.exitCode !== null, 60_000);
    expect(child.exitCode).toBeGreaterThan(0);
    await vi.waitUntil(() => !runs(), 60_000);
  });
});
