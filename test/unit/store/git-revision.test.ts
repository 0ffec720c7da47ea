import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { localTransport } from '../../../src/hosts/transport/local.ts';
import { isRevision, readRevision } from '../../../src/store/git-revision.ts';
import { makeTempDir } from '../../support/tempdir.ts';

it('a file of a git revision is read as it is there, and what git cannot show is told', async () => {
  const dir = await makeTempDir();
  try {
    const local = localTransport();
    const git = (...argv: string[]) =>
      local.run(['git', '-C', dir.path, '-c', 'user.name=ada', '-c', 'user.email=ada@example.org', ...argv]);
    await git('init', '-q');
    writeFileSync(join(dir.path, 'nbkp.toml'), 'version = 1\n');
    await git('add', '.');
    await git('commit', '-qm', 'one');
    writeFileSync(join(dir.path, 'nbkp.toml'), 'version = 2\n');
    expect(await readRevision(local, 'HEAD:nbkp.toml', dir.path)).toMatchObject({ ok: true, value: 'version = 1\n' });
    const refused = await readRevision(local, '--output=x:y', dir.path);
    expect(refused).toMatchObject({ ok: false, findings: [{ code: 'revision-unreadable' }] });
    expect(refused.findings[0]?.message).not.toContain('..');
  } finally {
    await dir.remove();
  }
});

it('where there is no git, that is why', async () => {
  // Stands in for a machine without it.
  const missing = { code: null, error: 'ENOENT', signal: null, timedOut: false, stdout: Buffer.of(), stderr: [] };
  const answer = async (more: object) => {
    const transport = { ...localTransport(), run: () => Promise.resolve({ ...missing, ...more }) };
    return (await readRevision(transport, 'main:a', '/')).findings[0]?.message;
  };
  expect(await answer({})).toContain('git is not installed');
  expect(await answer({ error: null, code: 128 })).toContain('git does not say why');
  expect(await answer({ error: null, code: 128, stderr: ['fatal: no such path.'] })).toContain(
    ': fatal: no such path.',
  );
});

it('a name with a colon is a revision unless there is a file of that name', async () => {
  const dir = await makeTempDir();
  const at = (name: string): string => join(dir.path, name);
  writeFileSync(at('a:b'), '');
  expect(['a:b', 'main:a', 'a'].map((name) => isRevision(name, at))).toEqual([false, true, false]);
  await dir.remove();
});
