import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckDocument } from '../../src/planner/model/documents.ts';
import { Backup } from '../support/backup.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

describe('check', () => {
  it('tells what of a source no copy has: filters that match nothing, and names that are kept for nbkp', () => {
    const filters = ['- /cache/', '- /cahce/', '- *.tmp', '- /dir/*.o', '+ /no where', 'P gone'];
    filters.push('- build/', '- node_module', '- a/b/***', '- b/d', '- file/', '- x');
    const subject = new Backup(join(dir.path, 'world'), { mode: 'none', sync: `filters = ${JSON.stringify(filters)}` });
    subject.write({
      file: '1',
      'cache/x': '1',
      '.nbkp-notes': 'mine',
      'a/b/c/.nbkp-todo': 'mine',
      'a/.rsync-partial/x': '1',
    });
    // Marks of nbkp, and what is in a copy, are no loss.
    subject.write({
      'a/.nbkp-src': '',
      'copies/.nbkp-dst': '',
      'copies/.rsync-partial/x': '1',
      'copies/.nbkp-lock': '',
    });
    const answer = subject.sandbox.nbkp('check', '--json');
    expect(answer.code, answer.stdout).toBe(0);
    const { findings } = JSON.parse(answer.stdout) as CheckDocument;
    const about = (code: string) => findings.filter((finding) => finding.code === code);
    expect(about('filter-matches-nothing').map(({ message }) => message)).toEqual([
      expect.stringMatching(/has the name of these patterns now: build\/, node_module, b\/d, file\/\.$/),
      expect.stringMatching(/^The pattern \/cahce\/ matches nothing now: there is no .*\/cahce\.$/),
      expect.stringContaining('/no where matches nothing'),
    ]);
    const plan = subject.sandbox.nbkp('plan', '--files').stderr;
    expect(plan).toContain('The pattern /cahce/ matches nothing now');
    expect(plan).toMatch(/has the name\s+of\s+these\s+patterns\s+now:\s+build\/, node_module, b\/d, file\//);
    expect(subject.sandbox.nbkp('plan').stderr).toBe('');
    expect(about('own-name-left-out').map(({ message }) => message)).toEqual([
      expect.stringContaining('this is not copied: .nbkp-notes, a/.rsync-partial, a/b/c/.nbkp-todo. Names'),
    ]);
    const cahce = about('filter-matches-nothing')[0];
    expect(cahce).toMatchObject({
      severity: 'info',
      sync: 'documents',
      location: { line: expect.any(Number) as number },
    });
  });
});
