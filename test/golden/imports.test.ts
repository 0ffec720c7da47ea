import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { importPythonSpec } from '../../src/planner/import/index.ts';
import { readSpec } from '../../src/planner/spec/index.ts';
import { findingsText } from '../../src/reporters/findings.ts';
import { createStyle } from '../../src/reporters/style.ts';

/** A configuration with two tiers, seven drives and twenty syncs. UPDATE_GOLDEN=1 writes what comes of it anew. */
const FOLDER = fileURLToPath(new URL('imports/two-tiers/', import.meta.url));

function golden(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FOLDER + file, text);
  expect(text).toBe(readFileSync(FOLDER + file, 'utf8'));
}

describe('the configuration of a household, imported', () => {
  const imported = importPythonSpec(readFileSync(`${FOLDER}config.yaml`, 'utf8'), 'config.yaml');

  it('becomes a spec that is valid, with each drive and each sync', () => {
    if (!imported.ok) throw new Error(findingsText(imported.findings, createStyle({ colour: false, width: 100 })));
    golden('nbkp.toml', imported.value);
    const spec = readSpec(imported.value, 'nbkp.toml');
    expect(spec.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!spec.ok) return;
    expect(Object.values(spec.value.volumes).filter(({ mount }) => mount !== null)).toHaveLength(7);
    expect(Object.keys(spec.value.syncs)).toHaveLength(20);
  });

  it('tells at its line what has no equivalent and what means something else', () => {
    golden('findings.txt', findingsText(imported.findings, createStyle({ colour: false, width: 100 })));
  });
});
