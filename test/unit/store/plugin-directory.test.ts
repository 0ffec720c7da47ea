import type * as fs from 'node:fs';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { publishStage, stagePlugins, type Stage } from '../../../src/store/plugin-directory.ts';
import { readUserPlugins } from '../../../src/store/plugin-packages.ts';

const life = vi.hoisted(() => ({ left: Infinity }));

/** A real kill cannot be aimed at a single call. After this one, publishing changes nothing any more. */
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const changes = ['symlinkSync', 'renameSync', 'writeFileSync', 'openSync', 'rmSync'] as const;
  const mortal = changes.map((name) => [
    name,
    (...args: unknown[]) => {
      if (life.left <= 0) throw new Error('killed');
      life.left -= 1;
      return (real[name] as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...real, ...(Object.fromEntries(mortal) as object) };
});

/** The plugins that are listed, each of which has to be there. */
function usable(dataDir: string): string[] {
  const names = readUserPlugins(dataDir).oclif.plugins.map(({ name }) => name);
  for (const name of names) expect(readFileSync(join(dataDir, 'node_modules', name, 'index.js'), 'utf8')).toBe(name);
  return names;
}

function staged(dataDir: string, names: readonly string[]): Stage {
  const stage = stagePlugins(dataDir);
  rmSync(join(stage.path, 'node_modules'), { recursive: true, force: true });
  for (const name of names) {
    mkdirSync(join(stage.path, 'node_modules', name), { recursive: true });
    writeFileSync(join(stage.path, 'node_modules', name, 'index.js'), name);
  }
  return stage;
}

function publish(dataDir: string, names: readonly string[]): void {
  publishStage(
    dataDir,
    staged(dataDir, names),
    names.map((name) => ({ name, type: 'user' })),
  );
}

/** Publishes again and again, killed one call later each time, until it survives. Returns how often it was killed. */
function killedEverywhere(before: readonly string[], after: readonly string[]): number {
  for (let kill = 0; ; kill++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'nbkp-test-plugins-'));
    try {
      publish(dataDir, before);
      const stage = staged(dataDir, after);
      life.left = kill;
      let survived = true;
      try {
        const plugins = after.map((name) => ({ name, type: 'user' as const }));
        publishStage(dataDir, stage, plugins);
      } catch (error) {
        expect(error).toMatchObject({ message: 'killed' });
        survived = false;
      }
      life.left = Infinity;
      const names = usable(dataDir);
      const common = before.filter((name) => after.includes(name));
      expect([before, after, common]).toContainEqual(names);
      publish(dataDir, after);
      expect(usable(dataDir)).toEqual(after);
      expect(readdirSync(dataDir).sort()).toEqual(['installed', 'node_modules', 'package.json']);
      if (survived) return kill;
    } finally {
      life.left = Infinity;
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
}

describe('a change of the installed plugins that is killed while it is published', () => {
  afterEach(() => (life.left = Infinity));

  it.each([
    ['adding one', ['a'], ['a', 'b']],
    ['removing one', ['a', 'b'], ['a']],
    ['removing one and adding one', ['a', 'b'], ['a', 'c']],
    ['adding the first', [], ['a']],
  ])('leaves what can be used, wherever that is, and the next one clears up: %s', (_, before, after) => {
    expect(killedEverywhere(before, after)).toBeGreaterThan(3);
  });

  it('leaves the packages that a run is using', () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'nbkp-test-plugins-'));
    publish(dataDir, ['a']);
    const inUse = realpathSync(join(dataDir, 'node_modules'));
    publish(dataDir, ['a', 'b']);
    expect(existsSync(join(inUse, 'a/index.js'))).toBe(true);
    rmSync(dataDir, { recursive: true });
  });
});
