import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildPlan } from '../../src/planner/purposes/backup.ts';
import { assumedFacts } from '../../src/planner/facts/assumed.ts';
import { importPythonSpec } from '../../src/planner/import/index.ts';
import { readSpec } from '../../src/planner/spec/index.ts';
import { findingsText } from '../../src/reporters/findings.ts';
import { createStyle } from '../../src/reporters/style.ts';
import { inputFor } from '../support/planning.ts';

/** A configuration with two tiers, seven drives and twenty syncs. UPDATE_GOLDEN=1 writes what comes of it anew. */
const FOLDER = fileURLToPath(new URL('imports/two-tiers/', import.meta.url));

const HERE = { directory: '/home/ada', read: () => null };

type Count = [sync: string, filters: number];

/** What this test reads of it. */
interface PythonConfig {
  'credential-provider': string;
  'credential-command': string[];
  'ssh-endpoints': Record<string, unknown>;
  volumes: Record<string, { mount?: { encryption?: { 'passphrase-id': string } } }>;
  syncs: Record<string, PythonSync>;
}

interface PythonSync {
  filters?: unknown[];
  'rsync-options'?: { 'default-options-override'?: string[] };
}

/** What stands among rsync's own options as an exclude is a filter of the spec. */
function rulesIn({ filters = [], 'rsync-options': options }: PythonSync): number {
  const among = options?.['default-options-override']?.filter((option) => option.startsWith('--exclude')) ?? [];
  return filters.length + among.length;
}

const GIVEN = {
  observedAt: '2026-03-10T12:00:00.000Z',
  machine: { hostname: 'laptop', user: 'ada' },
  filterFiles: { '/etc/nbkp/common.rules': [], '~/.config/nbkp/documents.rules': [], '/srv/rules': [] },
};

function golden(file: string, text: string): void {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(FOLDER + file, text);
  expect(text).toBe(readFileSync(FOLDER + file, 'utf8'));
}

describe('the configuration of a household, imported', () => {
  const imported = importPythonSpec(readFileSync(`${FOLDER}config.yaml`, 'utf8'), 'config.yaml', HERE);

  it('becomes a spec that is valid, with each drive and each sync', () => {
    if (!imported.ok) throw new Error(findingsText(imported.findings, createStyle({ colour: false, width: 100 })));
    golden('nbkp.toml', imported.value);
    const spec = readSpec(imported.value, 'nbkp.toml');
    expect(spec.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!spec.ok) return;
    expect(Object.values(spec.value.volumes).filter(({ mount }) => mount !== null)).toHaveLength(7);
    expect(Object.keys(spec.value.syncs)).toHaveLength(20);
  });

  it('has every volume, filter and credential of the configuration, and each sync in its plan', () => {
    const config = parse(readFileSync(`${FOLDER}config.yaml`, 'utf8'), { merge: true }) as PythonConfig;
    const spec = imported.ok ? readSpec(imported.value, 'nbkp.toml') : imported;
    if (!spec.ok) throw new Error('it is valid: see above');
    const { volumes, syncs, ssh, credentials } = spec.value;
    expect(Object.keys(volumes).sort()).toEqual(Object.keys(config.volumes).sort());
    expect(Object.keys(ssh).sort()).toEqual(Object.keys(config['ssh-endpoints']).sort());
    const filters = Object.entries(config.syncs).map(([name, sync]): Count => [name, rulesIn(sync)]);
    const kept = Object.values(syncs).map((sync): Count => [sync.name, sync.filters.length]);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(filters));
    expect([credentials.provider, credentials.command]).toEqual([
      config['credential-provider'],
      config['credential-command'],
    ]);
    const ids = Object.values(config.volumes).flatMap(({ mount }) => mount?.encryption?.['passphrase-id'] ?? []);
    expect(Object.values(volumes).flatMap(({ mount }) => mount?.encryption?.passphraseId ?? [])).toEqual(ids);
    const plan = buildPlan(inputFor(spec.value, assumedFacts(spec.value, GIVEN)), Object.values(syncs), 'backup');
    expect(plan.syncs.map(({ name }) => name).sort()).toEqual(Object.keys(config.syncs).sort());
    expect(plan.summary.syncs).toMatchObject({ disabled: 1, blocked: 0 });
  });

  it('tells at its line what has no equivalent and what means something else', () => {
    golden('findings.txt', findingsText(imported.findings, createStyle({ colour: false, width: 100 })));
  });
});
