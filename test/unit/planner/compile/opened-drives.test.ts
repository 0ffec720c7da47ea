import { describe, expect, it } from 'vitest';
import { buildRecover } from '../../../../src/planner/purposes/recover.ts';
import { buildClosing, buildMount, buildOpening, buildUnmount } from '../../../../src/planner/purposes/by-hand.ts';
import type { Facts, OpenedDrive } from '../../../../src/planner/model/facts.ts';
import type { Plan, PlanRequest } from '../../../../src/planner/model/plan.ts';
import { world } from '../../../support/facts.ts';
import { inputFor, planOf, specFrom } from '../../../support/planning.ts';

const UUID = '8a3b2c1d-1111-2222-3333-444455556666';
const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.mount.device-uuid = "${UUID}"
syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
`;
const OPENED: OpenedDrive = {
  ...{ run: '20260301T120000Z-0001', unlockedAt: null, mountedAt: '2026-03-01T12:00:00.000Z' },
  ...{ kept: false, users: [] },
};

/** The drive is mounted; by whom, `opened` says. */
function facts(opened: OpenedDrive | null): Facts {
  const seen = world({
    volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/ada/usb', uuid: UUID } },
    endpoints: { 'laptop:docs': { source: true }, 'usb:docs': { destination: true } },
  });
  const usb = seen.volumes['usb'];
  if (usb === undefined) throw new Error('the world is not as it was');
  const device = { path: '/dev/sdb', type: 'disk', fsType: 'ext4', uuid: UUID, label: '', readOnly: false };
  usb.drive = { devices: [device], cleartext: null, namesake: null, ...(opened === null ? {} : { opened }) };
  return seen;
}

const ids = ({ steps }: Plan): string[] => steps.map(({ id }) => id);
const planned = (opened: OpenedDrive | null, request: Partial<PlanRequest> = {}): string[] =>
  ids(planOf(SPEC, facts(opened), request));
const byHand = (build: typeof buildMount, opened: OpenedDrive | null): Plan => {
  const input = inputFor(specFrom(SPEC), facts(opened));
  return build(
    input,
    Object.values(input.spec.volumes).filter(({ mount }) => mount !== null),
  );
};

describe('a drive that is mounted', () => {
  it('is left as it is when nbkp has not opened it', () => {
    expect(planned(null)).toEqual(['transfer:docs']);
    expect(planOf(SPEC, facts(null)).findings).toMatchObject([
      {
        severity: 'info',
        code: 'drive-open',
        message: 'usb is mounted already, at /media/ada/usb, and is left as it is.',
      },
    ]);
    expect(planOf(SPEC, facts(OPENED)).findings).toEqual([]);
  });

  it('is closed in the end when a run that is over had opened it', () => {
    expect(planned(OPENED)).toEqual(['take-over:usb', 'transfer:docs', 'unmount:usb']);
  });

  it('is left open when it was opened to stay so', () => {
    expect(planned({ ...OPENED, kept: true })).toEqual(['transfer:docs']);
  });

  it('is left to others with --no-mount, and stays open with --keep-mounted', () => {
    expect(planned(OPENED, { drives: 'leave' })).toEqual(['transfer:docs']);
    expect(planned(OPENED, { drives: 'keep' })).toEqual(['take-over:usb', 'transfer:docs']);
  });

  it('is closed by recover unless a run uses it', () => {
    const recovered = (opened: OpenedDrive | null): string[] =>
      ids(buildRecover(inputFor(specFrom(SPEC), facts(opened)), []));
    expect(recovered(OPENED)).toEqual(['unmount:usb']);
    // Whatever becomes of the rest.
    expect(buildRecover(inputFor(specFrom(SPEC), facts(OPENED)), []).steps[0]?.runsOn).toBe('end');
    expect(recovered({ ...OPENED, users: ['20260301T130000Z-0001'] })).toEqual([]);
    expect(recovered(null)).toEqual([]);
  });

  it('is unmounted by hand, whoever has mounted it, unless a run uses it', () => {
    expect(ids(byHand(buildUnmount, null))).toEqual(['unmount:usb']);
    const used = byHand(buildUnmount, { ...OPENED, users: ['20260301T130000Z-0001'] });
    expect([ids(used), used.findings.map(({ code }) => code)]).toEqual([[], ['drive-in-use']]);
  });

  it('is not mounted by hand once more, and stays open when a run had mounted it', () => {
    expect(byHand(buildMount, null).findings.map(({ code }) => code)).toEqual(['drive-open']);
    expect(ids(byHand(buildMount, OPENED))).toEqual(['take-over:usb']);
  });

  it('needs nothing for a look when others have opened it, and nothing closes it then', () => {
    expect(byHand(buildOpening, null)).toMatchObject({ steps: [], findings: [] });
    expect(byHand(buildClosing, null)).toMatchObject({ steps: [], findings: [] });
  });

  it('is taken over for a look from a run that had it open, and closed unless others use it by then', () => {
    expect(ids(byHand(buildOpening, OPENED))).toEqual(['take-over:usb']);
    const closing = byHand(buildClosing, OPENED);
    expect(ids(closing)).toEqual(['unmount:usb']);
    expect(closing.steps[0]?.params).toMatchObject({ intent: 'scope' });
  });
});
