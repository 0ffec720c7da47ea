import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { withTempDir } from '../support/tempdir.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DEPCRUISE = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as {
  forbidden: readonly { name: string }[];
};

interface Violation {
  from: string;
  to: string;
  rule: { name: string };
}

function cruise(directory: string, ...folders: string[]): { totalCruised: number; violations: Violation[] } {
  const options = ['--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json'];
  const words = [DEPCRUISE, ...folders, ...options];
  const { stdout } = spawnSync(process.execPath, words, { cwd: directory, encoding: 'utf8', maxBuffer: 1e9 });
  return (JSON.parse(stdout) as { summary: { totalCruised: number; violations: Violation[] } }).summary;
}

/** A file that imports another file or a package, and the rule that this breaks. */
const FORBIDDEN = [
  ['src/planner/model/a1.ts', 'src/planner/compile/b1.ts', 'model-stands-alone'],
  ['src/planner/compile/a2.ts', 'node:fs', 'planner-is-pure'],
  ['src/planner/compile/a3.ts', 'node:child_process', 'planner-is-pure'],
  ['src/planner/compile/a4.ts', 'src/executors/b4.ts', 'planner-is-pure'],
  ['src/planner/compile/a5.ts', 'src/reporters/b5.ts', 'planner-is-pure'],
  ['src/executors/kinds/rsync/a6.ts', 'src/reporters/b6.ts', 'executors-do-not-talk'],
  ['src/executors/kinds/rsync/a7.ts', 'src/executors/kinds/prune/b7.ts', 'executors-stand-alone'],
  ['src/executors/kinds/rsync/a8.ts', 'src/executors/run/b8.ts', 'executors-stand-alone'],
  ['src/executors/kinds/rsync/a9.ts', 'node:child_process', 'only-transport-spawns'],
  ['src/reporters/human/a10.ts', 'src/executors/b10.ts', 'reporters-do-not-act'],
  ['src/reporters/human/a11.ts', 'node:fs/promises', 'only-hosts-and-store-touch-files'],
  ['src/reporters/human/a13.ts', '@oclif/core/command', 'only-commands-know-oclif'],
  ['src/commands/a14.ts', 'node:fs', 'only-hosts-and-store-touch-files'],
  ['src/executors/a15.ts', 'src/commands/b15.ts', 'nothing-needs-the-commands'],
  ['src/commands/a16.ts', 'test/support/b16.ts', 'sources-do-not-need-tools'],
  ['src/commands/a18.ts', 'src/testkit/b18.ts', 'nothing-needs-the-testkit'],
  ['src/testkit/a19.ts', 'src/reporters/b19.ts', 'testkit-tests-executors'],
  ['src/testkit/a20.ts', 'node:child_process', 'only-transport-spawns'],
  ['src/commands/a21.ts', 'src/executors/b21.ts', 'commands-act-through-the-api'],
  ['src/commands/a22.ts', 'src/store/b22.ts', 'commands-act-through-the-api'],
  ['src/commands/a23.ts', 'src/planner/compile/b23.ts', 'commands-act-through-the-api'],
  ['src/commands/init.ts', 'src/hosts/b24.ts', 'commands-act-through-the-api'],
  ['src/commands/a17.ts', 'no-such-package', 'everything-resolves'],
  ['src/api/a25.ts', 'src/reporters/b25.ts', 'the-api-does-not-talk'],
  ['src/store/a26.ts', 'src/executors/b26.ts', 'executors-come-after'],
  ['src/hosts/a27.ts', 'src/credentials/b27.ts', 'hosts-come-first'],
] as const;

const ALLOWED = [
  ['src/planner/compile/c1.ts', 'node:crypto'],
  ['src/planner/spec/c2.ts', 'toml'],
  ['src/executors/run/c3.ts', 'src/store/d3.ts'],
  ['src/executors/kinds/rsync/c4.ts', 'src/executors/d4.ts'],
  ['src/hosts/transport/c5.ts', 'node:child_process'],
  ['src/api/c10.ts', 'src/executors/d10.ts'],
  ['src/commands/c6.ts', 'src/api/d6.ts'],
  ['src/commands/c12.ts', 'src/planner/model/d12.ts'],
  ['src/commands/c11.ts', 'src/hosts/transport/pager.ts'],
  ['src/testkit/c8.ts', 'node:fs'],
  ['src/testkit/c9.ts', 'src/executors/d9.ts'],
  ['src/commands/c7.ts', '@oclif/core/command'],
] as const;

function plant(directory: string, importer: string, imported: string): void {
  const isFile = imported.endsWith('.ts');
  const up = '../'.repeat(importer.split('/').length - 1);
  write(join(directory, importer), `export * from '${isFile ? up : ''}${imported}';\n`);
  if (isFile) write(join(directory, imported), 'export const planted = 1;\n');
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe('the dependency rules', () => {
  let planted: Violation[] = [];
  const brokenBy = (importer: string) =>
    planted.filter(({ from }) => from === importer).map(({ rule: { name } }) => name);

  beforeAll(() =>
    withTempDir((directory) => {
      copyFileSync(join(ROOT, 'tsconfig.json'), join(directory, 'tsconfig.json'));
      symlinkSync(join(ROOT, 'node_modules'), join(directory, 'node_modules'));
      for (const [importer, imported] of [...FORBIDDEN, ...ALLOWED]) plant(directory, importer, imported);
      write(join(directory, 'src/planner/circle/one.ts'), "export * from './two.ts';\n");
      write(join(directory, 'src/planner/circle/two.ts'), "export * from './one.ts';\n");
      plant(directory, 'src/planner/left/one.ts', 'src/planner/right/two.ts');
      plant(directory, 'src/planner/right/three.ts', 'src/planner/left/four.ts');
      planted = cruise(directory, 'src').violations;
      return Promise.resolve();
    }),
  );

  it('see the modules of this repository and find nothing wrong', () => {
    const { totalCruised, violations } = cruise(ROOT, 'src', 'bin');
    const sources = execFileSync('find', ['src', '-name', '*.ts'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
    expect(totalCruised).toBeGreaterThanOrEqual(sources.length);
    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });

  it('are all broken here', () => {
    expect(new Set(planted.map(({ rule }) => rule.name))).toEqual(new Set(forbidden.map(({ name }) => name)));
  });

  it.each(FORBIDDEN)('catch %s importing %s', (importer, _, rule) => {
    expect(brokenBy(importer)).toContain(rule);
  });

  it.each(ALLOWED)('allow %s importing %s', (importer) => {
    expect(brokenBy(importer)).toEqual([]);
  });

  it('catch two files that import each other', () => {
    expect(brokenBy('src/planner/circle/one.ts')).toContain('no-circles');
  });

  it('catch two folders that need each other, though no two files do', () => {
    expect(brokenBy('src/planner/left')).toContain('no-circles-of-folders');
  });
});
