import { syncDisabled } from '../model/findings/presence.ts';
import { destinationAvailable, endsAvailable, endsMissing } from './available.ts';
import { conditions } from './conditions.ts';
import type { Connected, Draft, Readable, Stop } from './draft.ts';
import { enoughSpace, fewDeletions, notRefused, sourceFilled } from './guards.ts';
import { owned } from './owned.ts';
import { overlaps } from './overlap.ts';
import { Pipeline } from './pipeline.ts';
import { prepared } from './prepared.ts';
import { readable } from './readable.ts';
import { placedStore, readableStore } from './stored.ts';
import { fewPrunes, hooksReachable, prunes, steps } from './steps.ts';

/** What each sync goes through in a backup, in this order. */
export const BACKUP = Pipeline.start
  .check(enabled)
  .check(placedStore)
  .add(endsAvailable, endsMissing)
  .check(conditions)
  .compare(overlaps)
  .check(readableStore)
  .check(prepared)
  .check(owned)
  .add(readable)
  .check(enoughSpace)
  .check(sourceFilled)
  .check(fewDeletions)
  .add(steps)
  .check(hooksReachable)
  .check(fewPrunes);

/**
 * For `nbkp script`: only what is fixed when a script is made. All that changes from one day to the next it finds out by
 * itself, each time it runs: room, what the source and `snapshots/` hold, what `latest` says, what would go.
 */
export const SCRIPT = Pipeline.start
  .check(enabled)
  .check(placedStore)
  .add(endsAvailable, endsMissing)
  .compare(overlaps)
  .check(owned)
  .add(readAnywhere)
  .add(steps);

/** For `snapshots prune`: nothing is read or copied. */
export const PRUNE = Pipeline.start
  .check(enabled)
  .check(placedStore)
  .add(destinationAvailable)
  .compare(overlaps)
  .check(readableStore)
  .check(prepared)
  .check(owned)
  .check(notRefused)
  .add(prunes)
  .check(fewPrunes);

/** The script finds the snapshot that it reads. */
function readAnywhere({ source }: Connected): Pick<Readable, 'sourcePath'> {
  return { sourcePath: source.path };
}

function enabled({ sync }: Draft): Stop | null {
  return sync.enabled ? null : { state: 'disabled', finding: { ...syncDisabled(), sync: sync.name } };
}
