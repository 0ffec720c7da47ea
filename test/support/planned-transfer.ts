import { rsyncPlanning } from '../../src/planner/kinds/rsync/planning.ts';
import type { SyncPlanning, TransferTarget } from '../../src/planner/model/executor.ts';
import type { Facts, HostFacts, SyncHistory, TransferPreview } from '../../src/planner/model/facts.ts';
import type { Spec, Sync } from '../../src/planner/model/spec.ts';
import type { Step } from '../../src/planner/model/step.ts';
import { world, type EndpointWorld } from './facts.ts';
import { plainTarget, specOf, syncOf, type Mode } from './transfer.ts';

export interface Scene {
  mode?: Mode;
  sync?: Partial<Sync>;
  rsync?: Partial<Sync['rsync']>;
  target?: Partial<TransferTarget>;
  sourcePath?: string;
  source?: EndpointWorld;
  destination?: EndpointWorld;
  host?: Partial<Extract<HostFacts, { reachable: true }>>;
  history?: SyncHistory;
  preview?: TransferPreview;
}

export const NAME = '2026-03-06T14:30:00.000Z';
export const HARD_LINK: Partial<TransferTarget> = {
  path: '/mnt/usb/photos/snapshots/.partial-{snapshot:photos}',
  linkDest: `/mnt/usb/photos/snapshots/${NAME}`,
  compareWith: `/mnt/usb/photos/snapshots/${NAME}`,
  compareSnapshot: NAME,
  prepare: [['mkdir', 'partial']],
  scratch: true,
};

/** A transfer planned from facts that are made up. */
export function planned(scene: Scene = {}): { step: Step; input: SyncPlanning } {
  const sync = { ...syncOf(scene.mode ?? 'none'), ...scene.sync };
  const spec: Spec = specOf(
    { ...sync, rsync: { ...sync.rsync, ...scene.rsync } },
    { laptop: '/home/ada', usb: '/mnt/usb' },
  );
  const facts: Facts = world({
    volumes: { laptop: { path: '/home/ada', target: '/' }, usb: { path: '/mnt/usb', uuid: 'ABCD-1234' } },
    endpoints: {
      'laptop:Pictures': { source: true, ...scene.source },
      'usb:photos': { destination: true, ...scene.destination },
    },
    ...(scene.history === undefined ? {} : { history: { photos: scene.history } }),
    ...(scene.preview === undefined ? {} : { previews: { photos: scene.preview } }),
  });
  const [source, destination, host] = [
    facts.endpoints['laptop:Pictures'],
    facts.endpoints['usb:photos'],
    facts.hosts['local'],
  ];
  if (source === undefined || destination === undefined || host?.reachable !== true) throw new Error('no such world');
  Object.assign(host, scene.host);
  const input: SyncPlanning = {
    ...{ spec, facts, sync: spec.syncs['photos'] ?? sync, host, hostId: 'local', source, destination },
    ...{ sourcePath: scene.sourcePath ?? source.path, prune: true, allowDestructive: false },
  };
  const { steps, findings } = rsyncPlanning.planTransfer!(input, { ...plainTarget(destination), ...scene.target });
  if (findings.length > 0) throw new Error(findings.map(({ message }) => message).join(' '));
  return { step: steps[0]!, input };
}
