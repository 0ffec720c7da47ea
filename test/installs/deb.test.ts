import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Debian } from './debian.ts';
import { packaged, specOf, version } from './packages.ts';

describe('the packages of Debian', () => {
  it.each(['amd64', 'arm64'])('%s is one that lintian finds no error in', (architecture) => {
    const file = packaged(`nbkp_${version}_${architecture}.deb`);
    const { status, stdout } = spawnSync('lintian', ['--allow-root', '--fail-on', 'error', file], { encoding: 'utf8' });
    expect(status, stdout).toBe(0);
  });
});

describe.each(['bookworm', 'trixie'])('the package in a clean %s', (suite) => {
  let debian: Debian;
  const has = (path: string): boolean => existsSync(join(debian.folder, path));

  beforeAll(() => {
    debian = new Debian(suite);
    const name = `nbkp_${version}_amd64.deb`;
    copyFileSync(packaged(name), join(debian.folder, 'tmp/nbkp.deb'));
    debian.must('apt-get update -qq && apt-get install -y -qq --no-install-recommends /tmp/nbkp.deb');
  });
  afterAll(() => debian.remove());

  it('brings the program, which needs no Node', () => {
    expect(debian.must('nbkp --version')).toContain(`nbkp/${version} linux-`);
    expect(debian.run('node --version').status).toBe(127);
    expect(JSON.parse(debian.must('nbkp doctor --json'))).toMatchObject({ ok: true, nbkp: { form: 'file' } });
  });

  it('brings manual pages, completions, licences and units that are not enabled', () => {
    for (const path of [
      'usr/share/bash-completion/completions/nbkp',
      'usr/share/zsh/vendor-completions/_nbkp',
      'usr/share/fish/vendor_completions.d/nbkp.fish',
      'usr/lib/systemd/system/nbkp.timer',
    ])
      expect(has(path), path).toBe(true);
    // A minimal Debian is told to leave out manual pages and documents: the package itself has them.
    const listed = debian.must('dpkg --contents /tmp/nbkp.deb');
    for (const path of ['man1/nbkp.1.gz', 'man5/nbkp.toml.5.gz', 'doc/nbkp/licences.gz', 'doc/nbkp/docs/spec.md'])
      expect(listed).toContain(path);
    expect(has('etc/systemd/system/timers.target.wants/nbkp.timer')).toBe(false);
  });

  it('plays the demo', () => {
    const { status, stderr } = debian.run('nbkp demo');
    expect(status, stderr).toBe(0);
  });

  it('backs up and restores, keeps its state when it is installed again, and leaves it when it is purged', () => {
    mkdirSync(join(debian.folder, 'data/laptop/Documents'), { recursive: true });
    mkdirSync(join(debian.folder, 'data/usb'));
    writeFileSync(join(debian.folder, 'data/laptop/Documents/letter.txt'), 'Dear reader');
    mkdirSync(join(debian.folder, 'etc/nbkp'));
    writeFileSync(join(debian.folder, 'etc/nbkp/nbkp.toml'), specOf('/data'), { mode: 0o600 });
    debian.must('cd / && nbkp prepare --yes && nbkp run && nbkp restore documents --to /data/back --yes');
    expect(readFileSync(join(debian.folder, 'data/back/letter.txt'), 'utf8')).toBe('Dear reader');
    const runs = (): number => (JSON.parse(debian.must('nbkp history --json')) as { runs: object[] }).runs.length;
    const before = runs();
    expect(before).toBeGreaterThan(0);
    debian.must('dpkg --install /tmp/nbkp.deb');
    expect(runs()).toBe(before);
    debian.must('dpkg --purge nbkp');
    expect([has('usr/bin/nbkp'), has('usr/share/bash-completion/completions/nbkp')]).toEqual([false, false]);
    expect([has('var/lib/nbkp'), has('etc/nbkp/nbkp.toml'), has('data/usb/documents/snapshots')]).toEqual([
      true,
      true,
      true,
    ]);
  });
});
