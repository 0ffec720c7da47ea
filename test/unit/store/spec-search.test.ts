import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { locateSpec } from '../../../src/store/spec-file.ts';
import { makeTempDir, type TempDir } from '../../support/tempdir.ts';

let dir: TempDir;
let path: string;
let cwd: string;

beforeEach(async () => {
  dir = await makeTempDir();
  path = join(dir.path, 'nbkp.toml');
  cwd = process.cwd();
});

afterEach(() => {
  process.chdir(cwd);
  return dir.remove();
});

describe('which spec is meant, where none is named,', () => {
  it('is the first that is there: in the folder, in the configuration of the user', () => {
    process.chdir(dir.path);
    const env = { HOME: dir.path, NBKP_SPEC: '' };
    const none = locateSpec(undefined, env);
    expect(none).toMatchObject({ ok: false, findings: [{ code: 'spec-not-found' }] });
    expect(none.findings[0]?.message).toContain(`./nbkp.toml, ${dir.path}/.config/nbkp/nbkp.toml, /etc/nbkp/nbkp.toml`);
    const configured = join(dir.path, '.config/nbkp/nbkp.toml');
    mkdirSync(join(dir.path, '.config/nbkp'), { recursive: true });
    const old = join(dir.path, '.config/nbkp/config.yaml');
    writeFileSync(old, '');
    expect(locateSpec(undefined, env)).toMatchObject({
      findings: [{ code: 'spec-not-found', help: `nbkp spec import ${old} makes a spec of it.` }],
    });
    writeFileSync(configured, '');
    expect(locateSpec(undefined, env)).toMatchObject({ ok: true, value: { path: configured, found: true } });
    writeFileSync(path, '');
    expect(locateSpec(undefined, env)).toMatchObject({ ok: true, value: { path: './nbkp.toml', found: true } });
  });

  it('follows XDG_CONFIG_HOME', () => {
    process.chdir('/');
    mkdirSync(join(dir.path, 'nbkp'));
    writeFileSync(join(dir.path, 'nbkp/nbkp.toml'), '');
    const located = locateSpec(undefined, { HOME: '/nowhere', XDG_CONFIG_HOME: dir.path });
    expect(located).toMatchObject({ ok: true, value: { path: join(dir.path, 'nbkp/nbkp.toml') } });
  });
});
