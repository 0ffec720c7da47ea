import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/site.js', import.meta.url));
let dir: TempDir;
let site: string;

beforeAll(async () => {
  dir = await makeTempDir();
  site = join(dir.path, 'site');
});

afterAll(() => dir.remove());

describe('the site', () => {
  it('is made of README.md and docs/, every link of which leads somewhere', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, site], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([0, '']);
    const pages = readdirSync(site, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith('.html'));
    expect(pages).toContain('docs/commands.html');
    const spec = readFileSync(join(site, 'docs/spec.html'), 'utf8');
    expect(spec).toContain('<a href="spec.html" aria-current="page">The spec</a>');
    expect(spec).toMatch(/On this page[^]*<a href="#values">Values<\/a>/);
    expect([...spec.matchAll(/<h2>([^<]*)<\/h2><ul>/g)].map(([, group]) => group)).toEqual([
      'First steps',
      'Setting up',
      'Every day',
      'For scripts and reviews',
      'For contributors',
    ]);
    for (const page of pages) {
      const html = readFileSync(join(site, page), 'utf8');
      const links = [...html.matchAll(/href="([^":#]+\.html)(?:#[^"]*)?"/g)].map(([, href]) => href ?? '');
      expect(links.filter((href) => !existsSync(join(site, dirname(page), href)))).toEqual([]);
    }
  });

  it('never goes into a folder that is there', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, dir.path], { encoding: 'utf8' });
    expect([status, stderr]).toEqual([1, expect.stringContaining('is there already')]);
  });
});
