import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

describe('the site with its search', () => {
  it('has an index of all pages, which each page asks, and colours in its commands', () => {
    const site = join(dir.path, 'site');
    for (const script of ['scripts/site.js', 'scripts/site-search.js']) execFileSync(process.execPath, [script, site]);
    const [, count = ''] =
      /"page_count":(\d+)/.exec(readFileSync(join(site, 'pagefind/pagefind-entry.json'), 'utf8')) ?? [];
    expect(Number(count)).toBeGreaterThan(40);
    const page = readFileSync(join(site, 'docs/getting-started.html'), 'utf8');
    expect(page).toContain('<script src="../pagefind/pagefind-ui.js"></script>');
    expect(page).toContain('<span class="hljs-');
    expect(page).not.toMatch(/(?:src|href)="https?:[^"]*\.(?:js|css)"/);
    expect(readFileSync(join(site, 'index.html'), 'utf8')).toContain('src="./pagefind/pagefind-ui.js"');
  });
});
