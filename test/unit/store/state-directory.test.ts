import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stateDirectory, stateWarning } from '../../../src/store/state-directory.ts';
import { withTempDir } from '../../support/tempdir.ts';

describe('the state directory', () => {
  it('of root is in /var/lib, whatever XDG says', () => {
    expect(stateDirectory({ HOME: '/root', XDG_STATE_HOME: '/x' }, 0)).toBe('/var/lib/nbkp');
  });

  it('of a user follows the XDG base directories', () => {
    expect(stateDirectory({ HOME: '/home/ada' }, 1000)).toBe('/home/ada/.local/state/nbkp');
    expect(stateDirectory({ HOME: '/home/ada', XDG_STATE_HOME: '/x' }, 1000)).toBe('/x/nbkp');
    expect(stateDirectory({ HOME: '/home/ada', XDG_STATE_HOME: '' }, 1000)).toBe('/home/ada/.local/state/nbkp');
    expect(stateDirectory({ HOME: '/home/ada', XDG_STATE_HOME: 'x' }, 1000)).toBe('/home/ada/.local/state/nbkp');
  });

  it('can be named, for everybody', () => {
    expect(stateDirectory({ NBKP_STATE_DIR: '/s' }, 0)).toBe('/s');
    expect(stateDirectory({ NBKP_STATE_DIR: 's' }, 1000)).toBe(resolve('s'));
  });

  it('is good when it is there or can be made, and is not made to find out', () =>
    withTempDir((path) => {
      expect(stateWarning(path)).toBeNull();
      expect(stateWarning(join(path, 'a/b'))).toBeNull();
      expect(existsSync(join(path, 'a'))).toBe(false);
      return Promise.resolve();
    }));

  it('is warned of when nothing can be made there', () =>
    withTempDir((path) => {
      writeFileSync(join(path, 'file'), '');
      expect(stateWarning(join(path, 'file/nbkp'))).toMatchObject({ severity: 'warning', code: 'state-unwritable' });
      expect(stateWarning('/proc/nbkp')).toMatchObject({ severity: 'warning', code: 'state-unwritable' });
      return Promise.resolve();
    }));
});
