import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/planner/model/plan.ts';
import type { Sandbox } from '../support/sandbox.ts';
import { editFile, PLUGIN, specOf, tarProject } from '../support/tar-project.ts';
import { makeTempDir } from '../support/tempdir.ts';

const dir = await makeTempDir();
afterAll(() => dir.remove());

let sandbox: Sandbox;

beforeAll(() => {
  sandbox = tarProject(join(dir.path, 'project'));
});
beforeEach(() => sandbox.reset());

/** Replaces a text in the plugin, which was made for version 1. */
function edit(before: string, after: string): void {
  editFile(join(sandbox.root, PLUGIN, 'index.js'), before, after);
}

function planned(): Plan {
  return JSON.parse(sandbox.nbkp('plan', '--json', '--only', 'packed').stdout) as Plan;
}

describe('an executor of version 2 of the contract', () => {
  it('shows the files that it reads, and a plan is stale when one of them has changed', () => {
    const patterns = join(sandbox.root, 'patterns');
    writeFileSync(patterns, '*.tmp\n');
    edit('const planning = {', `const planning = { inputFiles: () => [{ host: 'local', path: '${patterns}' }],`);
    // Who was made for version 1 means something else by that name.
    expect(planned().steps[0]).not.toHaveProperty('reads');
    edit('apiVersion: API_VERSION', 'apiVersion: 2');
    const digest = createHash('sha256').update('*.tmp\n').digest('hex');
    expect(planned().steps[0]).toMatchObject({ reads: [{ path: patterns, digest }] });
    const file = join(sandbox.root, 'a.plan');
    const shown = sandbox.nbkp('plan', '--only', 'packed', '--out', file);
    expect(shown.stdout).toContain(`reads ${patterns}`);
    writeFileSync(patterns, '*\n');
    const refused = sandbox.nbkp('apply', file, '--yes');
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('plan-stale')]);
    expect(sandbox.nbkp('run', '--only', 'packed').code).toBe(0);
    rmSync(patterns);
    expect(planned().findings.map(({ code }) => code)).toContain('executor-input-missing');
  });

  it('asks with a passphrase, which nobody else gets to see', () => {
    const question = `{ id: 'x', host: 'local', argv: ['wc', '-c'], stdin: [{ secret: 'store' }] }`;
    edit('const planning = {', `const planning = { questions: () => [${question}],`);
    edit('apiVersion: API_VERSION', 'apiVersion: 2');
    sandbox.writeSpec(`${specOf(sandbox.root)}\n[credentials]\nprovider = "env"\n`);
    expect(planned().findings).toContainEqual(
      expect.objectContaining({
        code: 'executor-failed',
        message: expect.stringContaining('not among its credentials'),
      }),
    );
    edit('const planning = {', `const planning = { credentials: () => ['store'],`);
    const env = { NBKP_PASSPHRASE_STORE: 'open-sesame' };
    const facts = sandbox.nbkpWith(env, 'facts', 'export', '--only', 'packed');
    expect(facts.stdout).toContain('"stdout":"11\\n"'.replace(':', ': '));
    expect(facts.stdout + facts.stderr).not.toContain('open-sesame');
    edit("'wc', '-c'", "'cat'");
    const told = sandbox.nbkpWith(env, 'facts', 'export', '--only', 'packed');
    expect(told.stdout).toContain('cat said a passphrase');
    expect(told.stdout + told.stderr).not.toContain('open-sesame');
  });
});
