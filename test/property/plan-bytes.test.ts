import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherNode } from '../../scripts/setup/other-node.js';
import { canonical } from '../../src/planner/model/canonical.ts';
import { makeTempDir, type TempDir } from '../support/tempdir.ts';
import type { PlanBytes } from './plan-bytes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SCENARIOS = join(ROOT, 'test/golden/scenarios');
const ROUNDS = 100;
const WORLDS = 100;

describe('the canonical bytes of a plan', () => {
  const other = otherNode(ROOT);
  const onBoth = other === null ? it.skip : it;
  const why = other === null ? ' (skipped: npm test installs the second Node)' : '';
  let dir: TempDir;
  let here: PlanBytes;
  let there: PlanBytes | null;

  beforeAll(async () => {
    dir = await makeTempDir();
    const program = join(dir.path, 'plan-bytes.cjs');
    const entryPoints = [join(ROOT, 'test/property/plan-bytes.ts')];
    await build({ entryPoints, outfile: program, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
    const runOn = async (node: string): Promise<PlanBytes> => {
      const { stdout } = await promisify(execFile)(node, [program, SCENARIOS, String(ROUNDS), String(WORLDS)]);
      return JSON.parse(stdout) as PlanBytes;
    };
    [here, there] = await Promise.all([runOn(process.execPath), other === null ? null : runOn(other)]);
  });
  afterAll(() => dir.remove());

  it(`are those of the golden scenarios, ${ROUNDS} times`, () => {
    expect(Object.keys(here.scenarios).length).toBeGreaterThan(20);
    expect(here.scenarios).toEqual(checkedIn());
  });

  onBoth(`are the same on another Node, ${ROUNDS} times, and for ${WORLDS} random worlds${why}`, () => {
    expect(there?.node).not.toBe(here.node);
    expect(there?.scenarios).toEqual(here.scenarios);
    expect(there?.worlds).toEqual(here.worlds);
    expect(new Set(here.worlds).size).toBeGreaterThan(WORLDS / 2);
  });
});

function checkedIn(): PlanBytes['scenarios'] {
  return Object.fromEntries(
    readdirSync(SCENARIOS).map((name) => {
      const plan: unknown = JSON.parse(readFileSync(join(SCENARIOS, name, 'plan.json'), 'utf8'));
      return [name, [createHash('sha256').update(canonical(plan)).digest('hex')]];
    }),
  );
}
