import type { Law } from '../law.ts';
import { changedPlan, facts } from './trusting.ts';
import { finished } from './finishing.ts';
import { cancelled, failed, killedAfter, killedBefore, killedDuring } from './surviving.ts';
import { declared } from './declaring.ts';
import { described, looksOnly, pure, sameBytes } from './planning.ts';
import { judged } from './judging.ts';
import { remembered } from './remembering.ts';
import { released } from './releasing.ts';
import { secrets } from './secrets.ts';
import { verified } from './verifying.ts';
import { byTransport, shownOnly } from './showing.ts';

/** All of them, in the order in which they are tried: what breaks an early one often breaks later ones too. */
export const LAWS: readonly Law[] = [
  declared,
  pure,
  sameBytes,
  looksOnly,
  described,
  finished,
  shownOnly,
  byTransport,
  changedPlan,
  facts,
  killedBefore,
  killedDuring,
  killedAfter,
  failed,
  cancelled,
  released,
  judged,
  remembered,
  verified,
  secrets,
];
