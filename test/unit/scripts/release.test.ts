import { describe, expect, it } from 'vitest';
import { bill } from '../../../scripts/release/bill.js';
import { entryOf } from '../../../scripts/release/changelog.js';

const CHANGELOG = `# Changelog

Words.

## Unreleased

- Later.

## 1.2.0 (2026-11-29)

### Added

- This.

## 1.2.0-rc.1

- That.
`;

describe('the entry of a version in the changelog', () => {
  it('is what stands below its heading, whatever follows the version there', () => {
    expect(entryOf(CHANGELOG, '1.2.0')).toBe('## 1.2.0 (2026-11-29)\n\n### Added\n\n- This.\n');
    expect(entryOf(CHANGELOG, '1.2.0-rc.1')).toBe('## 1.2.0-rc.1\n\n- That.\n');
  });

  it('is none for a version that has no heading of its own', () => {
    expect(entryOf(CHANGELOG, '1.2')).toBeNull();
    expect(entryOf(CHANGELOG, '1.3.0')).toBeNull();
  });
});

describe('the bill of materials', () => {
  const made = {
    build: 'abc',
    libraries: [
      { name: '@oclif/core', version: '4.0.0', license: 'MIT' },
      { name: 'smol-toml', version: '1.4.0', license: 'BSD-3-Clause' },
    ],
  };

  it('names each library that is in the program, with its licence and its address in the registry', () => {
    const { components } = bill(made, '1.2.0', 0);
    expect(components.map(({ purl, licenses }) => [purl, licenses[0]?.expression])).toEqual([
      ['pkg:npm/%40oclif/core@4.0.0', 'MIT'],
      ['pkg:npm/smol-toml@1.4.0', 'BSD-3-Clause'],
      [expect.stringMatching(/^pkg:generic\/node@\d+\.\d+\.\d+$/), 'MIT'],
    ]);
  });

  it('is the same for the same build, and has another number for another', () => {
    expect(bill(made, '1.2.0', 0)).toEqual(bill(made, '1.2.0', 0));
    const other = bill({ ...made, build: 'abd' }, '1.2.0', 0);
    expect(other.serialNumber).not.toBe(bill(made, '1.2.0', 0).serialNumber);
    expect(other.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
