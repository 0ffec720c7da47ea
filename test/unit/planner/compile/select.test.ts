import { describe, expect, it } from 'vitest';
import { selectSyncs } from '../../../../src/planner/compile/select.ts';
import { specFrom } from '../../../support/planning.ts';

const SPEC = specFrom(`version = 1
[volumes]
laptop.path = "~"
usb.path = "/mnt/usb"
nas.path = "/mnt/nas"

[syncs.docs]
source = "laptop:docs"
destination = "usb:docs"

[syncs.photos]
source = "laptop:photos"
destination = "nas:photos"

[syncs.offsite]
source = "nas:photos"
destination = "usb:photos"
`);

function selected(only: string[], exclude: string[] = []): string[] {
  const result = selectSyncs(SPEC, { only, exclude });
  return result.ok
    ? result.value.map((sync) => sync.name)
    : result.findings.map((each) => `${each.code}: ${each.message}`);
}

describe('selecting syncs', () => {
  it.each<[string, string[], string[], string[]]>([
    ['all when nothing is asked for', [], [], ['docs', 'offsite', 'photos']],
    ['one by name, without its upstream', ['offsite'], [], ['offsite']],
    ['sorted by name, whatever the order', ['offsite', 'docs'], [], ['docs', 'offsite']],
    ['all that touch a volume', ['usb:'], [], ['docs', 'offsite']],
    ['a volume that is source of one and destination of another', ['nas:'], [], ['offsite', 'photos']],
    ['once what is asked for twice', ['docs', 'usb:'], [], ['docs', 'offsite']],
    ['not what is excluded', [], ['docs'], ['offsite', 'photos']],
    ['not what is both', ['usb:'], ['offsite'], ['docs']],
    ['none when all are excluded', [], ['laptop:', 'nas:'], []],
  ])('takes %s', (_, only, exclude, names) => {
    expect(selected(only, exclude)).toEqual(names);
  });

  it('names everything that is unknown at once', () => {
    expect(selected(['doc', 'hub:'], ['usb'])).toEqual([
      expect.stringMatching(/^unknown-sync: .* doc\.$/),
      expect.stringMatching(/^unknown-volume: .* hub\.$/),
      expect.stringMatching(/^unknown-sync: .* usb\.$/),
    ]);
  });

  it('says how to ask for a volume', () => {
    const result = selectSyncs(SPEC, { only: ['usb'], exclude: [] });
    expect(result.findings[0]?.help).toContain('usb:');
  });
});
