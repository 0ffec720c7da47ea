import * as Flags from '@oclif/core/flags';
import { specFlag } from '../base.ts';

/** Which schedule is meant. */
export const scheduleFlags = {
  spec: specFlag,
  system: Flags.boolean({ summary: 'Of the whole system, run as root; without it: of this user.' }),
  name: Flags.string({ default: 'nbkp', helpValue: 'NAME', summary: 'For a second schedule: of its units.' }),
};

/** When it runs. */
export const timingFlags = {
  every: Flags.string({ default: '1d', helpValue: 'DURATION', summary: 'How often, such as 1h, 1d or 1w.' }),
  plug: Flags.boolean({
    default: true,
    allowNo: true,
    summary: 'Also run when a drive of the spec is plugged in: the default.',
  }),
};
