import { classifySnapshots } from '../retention/classify.ts';
import { parseSnapshotName } from '../retention/names.ts';
import type { EndpointFacts } from '../model/facts.ts';
import { endpointKey } from '../model/spec.ts';
import { block, warn, type Draft, type Stop } from './draft.ts';

/** Can the destination hold what the sync wants to write there, and is its history what it seems? */
export function prepared(draft: Draft): Stop | null {
  const { destination, sync } = draft;
  if (destination?.directory == null) throw new Error(`${sync.name} has no destination`);
  const key = endpointKey(sync.destination);
  if (!destination.directory.writable) {
    const readOnly = destination.directory.mount?.options.includes('ro') === true;
    return block(draft, {
      code: 'destination-not-writable',
      message: `${destination.path} cannot be written to${readOnly ? ': its file system is mounted read-only' : ''}.`,
      volume: sync.destination.volume,
      help: readOnly
        ? 'A file system that turned read-only is often damaged: check the drive, then mount it again.'
        : `chown or chmod ${destination.path}, or run nbkp as its owner.`,
    });
  }
  return sync.snapshots.mode === 'none' ? withoutHistory(draft, destination) : latestSound(draft, destination, key);
}

/** With mode `none` rsync's --delete would remove `snapshots/` of an earlier mode. */
function withoutHistory(draft: Draft, destination: EndpointFacts): Stop | null {
  const names = Object.keys(destination.snapshots ?? {}).filter((name) => parseSnapshotName(name) !== null);
  if (names.length === 0 && destination.latest.kind !== 'snapshot') return null;
  return block(draft, {
    code: 'history-would-be-deleted',
    message: `${destination.path} holds ${names.length} snapshot${names.length === 1 ? '' : 's'}, and a sync with snapshots.mode "none" would delete them.`,
    volume: draft.sync.destination.volume,
    help: 'Set the mode that made them, choose another destination, or move snapshots/ and latest away yourself.',
  });
}

function latestSound(draft: Draft, destination: EndpointFacts, key: string): Stop | null {
  const remedy = (name: string): string => `ln -sfnT ${name} ${destination.path}/latest`;
  if (destination.latest.kind === 'foreign') {
    return block(draft, {
      code: 'latest-foreign',
      message: `${destination.path}/latest is not a link into snapshots/, so that it is not clear which snapshot is good.`,
      help: `Point it to the newest snapshot that you trust: ${remedy('snapshots/NAME')}, or to none: ${remedy('/dev/null')}`,
    });
  }
  const history = classifySnapshots(destination);
  if (destination.latest.kind === 'snapshot' && history.latest === null) {
    return block(draft, {
      code: 'latest-dangling',
      message: `${destination.path}/latest names ${destination.latest.name}, which is not a snapshot there.`,
      help: `Point it to the newest snapshot that you trust: ${remedy('snapshots/NAME')}, or to none: ${remedy('/dev/null')}`,
    });
  }
  if (history.unverified.length > 0) {
    warn(draft, {
      code: 'snapshot-unverified',
      message: `${key} has ${history.unverified.length === 1 ? 'a snapshot' : `${history.unverified.length} snapshots`} later than latest (${history.unverified.join(', ')}): left alone, not used and not counted.`,
      help: `If they are good, point latest to the newest: ${remedy('snapshots/NAME')}`,
    });
  }
  return null;
}
