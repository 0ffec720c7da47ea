import { expect, it } from 'vitest';
import { sift } from '../../../../../src/executors/kinds/rsync/sift.ts';
import type { StepContext } from '../../../../../src/executors/contract.ts';
import type { RunOptions } from '../../../../../src/hosts/transport/transport.ts';
import { limitsOf } from '../../../../../src/planner/file-systems/names.ts';
import { fileSystemOf } from '../../../../../src/planner/file-systems/of.ts';
import { transferParams } from '../../../../../src/planner/kinds/rsync/params.ts';
import { world } from '../../../../support/facts.ts';
import { planOf, stepIn } from '../../../../support/planning.ts';

const SPEC = `version = 1
volumes.laptop.path = "/home/ada"
volumes.usb.path = "/media/usb"
syncs.docs = { source = "laptop:docs", destination = "usb:docs" }
`;
const FACTS = world({
  volumes: { laptop: { path: '/home/ada' }, usb: { path: '/media/usb' } },
  endpoints: { 'laptop:docs': { source: true }, 'usb:docs': { destination: true } },
});
const exfat = fileSystemOf({ fsType: 'exfat', uuid: null, options: [] });
const limits = exfat && limitsOf(exfat);
if (limits === null) throw new Error('exFAT holds every name');
const PARAMS = {
  ...transferParams(stepIn(planOf(SPEC, FACTS), 'transfer:docs').params),
  unholdable: { outcome: 'fail' as const, title: 'exFAT', limits },
};

const TOTALS = 'Number of files: 3 (reg: 2, dir: 1)\nNumber of created files: 0\nNumber of deleted files: 0\n';
const LISTED = `>f+++++++++ 1 2026/03/10-10:00:00 README\n>f+++++++++ 1 2026/03/10-10:00:00 Readme\n${TOTALS}`;

/** Stands in for rsync, which lists two names that are one on exFAT; the listing of the copy ends with a code. */
function siftWith(code: number, copy = '') {
  const run = (argv: readonly string[], { onStdout }: Pick<RunOptions, 'onStdout'>) => {
    const isCopy = argv[0] === 'there';
    onStdout?.(Buffer.from(isCopy ? copy : LISTED));
    return Promise.resolve({
      ...{ code: isCopy ? code : 0, signal: null, error: null, timedOut: false, stdout: Buffer.of(), stderr: [] },
    });
  };
  const context = { run, progress: () => undefined, copied: () => undefined, now: () => 0 } as unknown as StepContext;
  return sift(PARAMS, { listing: ['listing'], there: ['there'], undated: null }, context);
}

it('leaves out the name that is not in the copy, whichever comes first', async () => {
  const sifted = await siftWith(0, `>f+++++++++ 1 2026/03/10-10:00:00 Readme\n${TOTALS}`);
  expect(sifted.ok && sifted.sieve?.rules().toString()).toContain('README');
});

it('takes it for no copy yet when rsync finds none', async () => {
  const sifted = await siftWith(23);
  expect(sifted.ok && sifted.sieve?.rules().toString()).toContain('Readme');
});

it.each([11, 12, 30])(
  'stops when the copy cannot be listed (%i): a new name could take the place of one there',
  async (code) => {
    expect(await siftWith(code)).toMatchObject({ ok: false, findings: [{ severity: 'error' }] });
  },
);
