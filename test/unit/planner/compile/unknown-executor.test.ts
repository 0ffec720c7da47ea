import { describe, expect, it } from 'vitest';
import { unknownExecutor, unknownExecutors } from '../../../../src/planner/compile/unknown-executor.ts';
import type { Finding } from '../../../../src/planner/model/finding.ts';
import { PLANNING, specFrom } from '../../../support/planning.ts';

const specWith = (more: string) =>
  specFrom(`version = 1
[volumes.laptop]
path = "/home/ada"
[volumes.usb]
path = "/usb"
[syncs.docs]
source = "laptop"
destination = "usb:docs"
${more}
`);
const installed = { executors: PLANNING };
const broken: Finding = { severity: 'warning', code: 'plugin-unreadable', message: 'The plugin tar cannot be used.' };

function codes(more: string, unusable: Record<string, Finding> = {}): string[] {
  return unknownExecutors(specWith(more), { ...installed, unusable }).map(({ severity, sync, message, location }) => {
    return `${severity} ${sync ?? ''} ${location === undefined ? 'nowhere' : `line ${location.line}`}: ${message}`;
  });
}

describe('executors that a spec names', () => {
  it.each(['', 'snapshots = { mode = "none" }', 'snapshots = { mode = "hard-link" }', 'source-snapshot = "btrfs"'])(
    'are no news where they are there: %s',
    (more) => {
      expect(codes(more)).toEqual([]);
    },
  );

  it.each([
    ['transfer = "tar"', 'tar'],
    ['transfer = "btrfs"', 'btrfs'],
    ['source-snapshot = "rsync"', 'rsync'],
    ['snapshots = { mode = "tar" }', 'tar'],
    ['snapshots = { mode = "rsync" }', 'rsync'],
  ])('are told, with their place, where they are not there or do something else: %s', (more, name) => {
    const told = codes(more);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^warning docs line 9: /);
    expect(told[0]).toContain(name);
  });

  it('are no news where it is told already why a package cannot be loaded', () => {
    expect(codes('transfer = "tar"', { tar: broken })).toEqual([]);
    const spec = specWith('transfer = "tar"');
    const docs = spec.syncs['docs'];
    if (docs === undefined) throw new Error('there is no sync');
    expect(unknownExecutor(spec, docs, 'transfer', { ...installed, unusable: { tar: broken } })).toBe(broken);
  });

  it('that would do are named, those alone that can do what is wanted', () => {
    const helpOf = (more: string): string => {
      const [found] = unknownExecutors(specWith(more), installed);
      return `${found?.message ?? ''} ${found?.help ?? ''}`;
    };
    expect(helpOf('transfer = "tar"')).toContain('rsync');
    expect(helpOf('transfer = "tar"')).not.toContain('hard-link');
    for (const known of ['none', 'hard-link', 'btrfs']) expect(helpOf('snapshots = { mode = "tar" }')).toContain(known);
    expect(helpOf('source-snapshot = "tar"')).not.toContain('hard-link');
  });
});
