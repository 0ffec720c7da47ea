import { describe, expect, it } from 'vitest';
import { assumedFacts } from '../../../../src/planner/facts/assumed.ts';
import type { Plan } from '../../../../src/planner/model/plan.ts';
import { planText } from '../../../../src/reporters/human/plan/plan.ts';
import { createStyle } from '../../../../src/reporters/style.ts';
import { planOf, specFrom, stepIn } from '../../../support/planning.ts';

const SPEC = `version = 1
[volumes.laptop]
path = "~"
[volumes.usb]
mount.device-uuid = "8a3b2c1d-1111-2222-3333-444455556666"
mount.encryption.type = "luks"
snapshots = { mode = "hard-link", keep = { last = 3 } }
[volumes.hub]
path = "/srv/hub"
snapshots.mode = "btrfs"
[syncs.documents]
source = "laptop:Documents"
destination = "usb:documents"
max-age = "7d"
[syncs.offsite]
source = "usb:documents"
destination = "hub:documents"
[syncs.plain]
source = "laptop:Music"
destination = "hub:music"
snapshots.mode = "none"
filter-file = "~/music.filter"
[syncs.off]
enabled = false
source = "laptop:Videos"
destination = "hub:videos"
`;

function offline(observedAt = '2026-03-10T12:00:00.000Z'): Plan {
  const spec = specFrom(SPEC);
  const machine = { hostname: 'laptop', user: 'ada' };
  return planOf(spec, assumedFacts(spec, { observedAt, machine, filterFiles: { '~/music.filter': ['- *.tmp'] } }));
}

describe('a plan from the spec alone', () => {
  it('plans each sync that is enabled as if everything were there, and cannot be applied', () => {
    const plan = offline();
    expect(plan.syncs.map(({ name, state }) => `${name} ${state}`)).toEqual([
      ...['documents planned', 'off disabled', 'offsite planned', 'plain planned'],
    ]);
    expect(plan).toMatchObject({ basis: 'none', applyable: false });
    expect(stepIn(plan, 'transfer:offsite').dependsOn).toContain('snapshot:documents');
    expect(stepIn(plan, 'transfer:plain').commands.flat()).toContain('--filter=- *.tmp');
  });

  it('says where a drive will be mounted with a placeholder', () => {
    const argv = stepIn(offline(), 'transfer:documents').commands.flat();
    expect(argv).toContain('{mount:usb}/documents/snapshots/.partial-{snapshot:documents}/.');
  });

  it('is the same whenever and wherever it is made', () => {
    expect(offline('2031-01-01T00:00:00.000Z').id).toBe(offline().id);
  });

  it('claims nothing of what nobody has looked at', () => {
    const text = planText(
      offline(),
      { commands: false, files: false, all: true },
      createStyle({ colour: false, width: 100 }),
    );
    expect(text).not.toMatch(
      /no success|overdue|no snapshot yet|first snapshot|is empty|deletes nothing|mounted already/,
    );
    expect(text).toContain('nothing was observed');
  });
});
