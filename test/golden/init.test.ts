import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { candidatesFor, destinationOf, questionSpec } from '../../src/planner/init/destinations.ts';
import { foundDrives, type DeviceNode } from '../../src/planner/init/devices.ts';
import { savingsOf } from '../../src/planner/init/excludes.ts';
import { firstSpec } from '../../src/planner/init/first-spec.ts';
import { readSpec } from '../../src/planner/spec/index.ts';
import { destinationsText } from '../../src/reporters/human/init.ts';
import { createStyle } from '../../src/reporters/style.ts';
import { formatBytes } from '../../src/reporters/text/numbers.ts';
import { world } from '../support/facts.ts';

/**
 * Each folder is what `lsblk --json` says on a machine; `destinations.txt` is what init proposes there, and `nbkp.toml` the
 * spec for the first proposal. UPDATE_GOLDEN=1 writes these anew.
 */
const FOLDER = fileURLToPath(new URL('init', import.meta.url));
const SOURCE = { name: 'home', path: '~' };
const FOLDERS = [
  { path: '.cache', bytes: 4_200_000_000 },
  { path: 'src/a/node_modules', bytes: 300_000_000 },
  { path: 'src/b/node_modules', bytes: 50_000_000 },
];

describe.each(readdirSync(FOLDER).sort())('a first spec on the machine %s', (name) => {
  const at = (file: string): string => join(FOLDER, name, file);
  const { blockdevices } = JSON.parse(readFileSync(at('lsblk.json'), 'utf8')) as { blockdevices: DeviceNode[] };
  const candidates = candidatesFor({ drives: foundDrives(blockdevices), hosts: ['pi.lan'], folder: null }, ['home']);
  const facts = world({ volumes: {}, endpoints: {} });
  facts.hosts['ssh:pi-lan'] = { reachable: false, reason: 'pi-lan: no such name' };
  const seen = { facts, devices: blockdevices, sourceDevice: '/dev/mapper/root' };
  const destinations = candidates.map((each) => destinationOf(each, 'backups/laptop/home', seen));

  const golden = (file: string, text: string): void => {
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(at(file), text);
    expect(text, `${name}/${file}; UPDATE_GOLDEN=1 writes it anew`).toBe(readFileSync(at(file), 'utf8'));
  };

  it('asks about all candidates with a spec that is valid', () => {
    expect(readSpec(questionSpec(SOURCE, candidates, 'backups/laptop/home'), 'x').findings).toEqual([]);
  });

  it('proposes the drives that the system does not run from', () => {
    golden('destinations.txt', destinationsText('Where should the backups go?', destinations, createStyle({ colour: false, width: 100 })));
  });

  it('is valid as it stands, without a remark', () => {
    const [destination] = destinations;
    if (destination === undefined) throw new Error('nothing was proposed');
    const choices = { source: SOURCE, destination, excludes: savingsOf(FOLDERS, true), ofOneMoment: null };
    const toml = firstSpec(choices, '/usr/lib/nbkp/schemas/spec.schema.json', formatBytes);
    expect(readSpec(toml, 'nbkp.toml').findings).toEqual([]);
    golden('nbkp.toml', toml);
  });
});

it('a home leaves out where caches and records will be, before they are there', () => {
  expect(savingsOf([], true).map(({ filter }) => filter)).toEqual(['- /.cache/', '- /.local/state/nbkp/']);
  expect(savingsOf([], false)).toEqual([]);
});
