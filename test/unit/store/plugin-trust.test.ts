import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removeTrust, trustOf, writeTrust } from '../../../src/store/plugin-trust.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

const RECORD = { package: 'nbkp-executor-tar', version: '1.0.0', executors: [], trustedAt: '2026-03-10T12:00:00.000Z' };

let dir: TempDir;
let state: string;
let root: string;
beforeEach(async () => {
  dir = await makeTempDir();
  [state, root] = [join(dir.path, 'state'), join(dir.path, 'package')];
  mkdirSync(root);
});
afterEach(() => dir.remove());

/** The one record that is there. */
const file = (): string => join(state, 'plugins', readdirSync(join(state, 'plugins'))[0] ?? '');

describe('the trust in a package', () => {
  it('is there once it was recorded, for its folder under any name, and for no other', () => {
    expect(trustOf(state, root)).toBeNull();
    writeTrust(state, root, RECORD);
    expect(trustOf(state, root)).toEqual({ folder: root, ...RECORD });
    symlinkSync('package', join(dir.path, 'link'));
    expect(trustOf(state, join(dir.path, 'link'))).toEqual({ folder: root, ...RECORD });
    mkdirSync(join(dir.path, 'other'));
    expect(trustOf(state, join(dir.path, 'other'))).toBeNull();
  });

  it('is forgotten, and there may have been none', () => {
    removeTrust(state, root);
    writeTrust(state, root, RECORD);
    removeTrust(state, root);
    expect(trustOf(state, root)).toBeNull();
    expect(readdirSync(join(state, 'plugins'))).toEqual([]);
  });

  it.each<[string, () => string]>([
    ['of another folder', () => JSON.stringify({ folder: '/elsewhere', ...RECORD })],
    ['without its version', () => JSON.stringify({ folder: root, ...RECORD, version: undefined })],
    ['torn', () => '{"folder":'],
  ])('is not given by a record that is %s', (_, text) => {
    writeTrust(state, root, RECORD);
    writeFileSync(file(), text());
    expect(trustOf(state, root)).toBeNull();
  });

  it('is not there for a folder that is not', () => {
    expect(trustOf(state, join(dir.path, 'missing'))).toBeNull();
    expect(() => writeTrust(state, join(dir.path, 'missing'), RECORD)).toThrow('ENOENT');
  });
});
