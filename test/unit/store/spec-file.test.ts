import { chmodSync, chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateSpec, readSpecFile, type SpecReader } from '../../../src/store/spec-file.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let path: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'nbkp.toml');
});

afterEach(() => dir.remove());

describe('which spec is meant', () => {
  it('is the one that is named, then the one of the environment, there or not', () => {
    expect(locateSpec('/a', { NBKP_SPEC: '/b' })).toMatchObject({ ok: true, value: { path: '/a', found: false } });
    expect(locateSpec(undefined, { NBKP_SPEC: '/b' })).toMatchObject({ ok: true, value: { path: '/b', found: false } });
  });
});

describe('reading a spec', () => {
  const ada: SpecReader = { uid: 1000, gid: 1000, runs: true };

  /** The file as somebody owns it, for which the test has to be root. */
  function spec(mode: number, uid: number, gid: number): void {
    writeFileSync(path, 'version = 1\n');
    chownSync(path, uid, gid);
    chmodSync(path, mode);
  }

  it('gives its text', () => {
    spec(0o644, 1000, 1000);
    expect(readSpecFile({ path, found: true }, ada)).toEqual({
      ok: true,
      value: { path, text: 'version = 1\n', owners: [] },
      findings: [],
    });
  });

  it.each([
    { mode: 0o646, uid: 1000, gid: 1000, found: false, who: 'everybody' },
    { mode: 0o664, uid: 1000, gid: 50, found: false, who: 'another group' },
    { mode: 0o644, uid: 1001, gid: 1000, found: true, who: 'another user, when it was only found,' },
  ])('is refused when $who can write to it, and warned of where nothing is run', ({ mode, uid, gid, found }) => {
    spec(mode, uid, gid);
    const finding = { code: 'spec-writable-by-others' };
    expect(readSpecFile({ path, found }, ada)).toMatchObject({
      ok: false,
      findings: [{ ...finding, severity: 'error' }],
    });
    expect(readSpecFile({ path, found }, { ...ada, runs: false })).toMatchObject({
      ok: true,
      value: { text: 'version = 1\n' },
      findings: [{ ...finding, severity: 'warning' }],
    });
  });

  it.each([
    { mode: 0o664, uid: 1000, gid: 1000, found: true, who: 'this user and the group of this user' },
    { mode: 0o664, uid: 0, gid: 0, found: true, who: 'root' },
    { mode: 0o644, uid: 1001, gid: 1001, found: false, who: 'a user whose file was named' },
  ])('is fine when only $who can write to it', ({ mode, uid, gid, found }) => {
    spec(mode, uid, gid);
    expect(readSpecFile({ path, found }, ada)).toMatchObject({ ok: true, findings: [] });
  });

  it('says what is wrong with a file that is not there, not a file, or not text', () => {
    const reader = { ...ada, uid: process.getuid?.() ?? 0 };
    const read = (at: string): unknown => readSpecFile({ path: at, found: false }, reader);
    expect(read(path)).toMatchObject({ ok: false, findings: [{ code: 'spec-unreadable' }] });
    expect(read(dir.path)).toMatchObject({ ok: false, findings: [{ code: 'spec-unreadable' }] });
    writeFileSync(path, Buffer.from([0x61, 0xe4, 0x62]));
    expect(read(path)).toMatchObject({ ok: false, findings: [{ code: 'spec-not-utf8' }] });
  });
});
