import { remarkAt, type Check } from './check.ts';
import { LOCAL_HOST } from '../../model/spec.ts';
import { remoteToRemote } from '../../model/findings/spec.ts';
import { sudoWithoutServer, sudoWithSnapshots } from '../../model/findings/spec-options.ts';

/** What root writes on a server its user could neither name, link nor prune. */
export const sudo: Check = (input) =>
  Object.values(input.spec.syncs).flatMap((sync) => {
    if (sync.rsync.sudo !== true) return [];
    const [from, to] = [sync.source, sync.destination].map(({ volume }) => input.spec.volumes[volume]?.host);
    if (from === undefined || to === undefined) return [];
    const place = ['syncs', sync.name, 'rsync', 'sudo'];
    if (from === to) return [remarkAt(input, place, sudoWithoutServer())];
    if (to === LOCAL_HOST || sync.snapshots.mode === 'none') return [];
    return [remarkAt(input, place, sudoWithSnapshots(sync.snapshots.mode))];
  });

/** rsync(1) does not copy between two remote hosts: "The source and destination cannot both be remote." */
export const servers: Check = (input) => {
  return Object.values(input.spec.syncs).flatMap((sync) => {
    const source = input.spec.volumes[sync.source.volume];
    const destination = input.spec.volumes[sync.destination.volume];
    if (source === undefined || destination === undefined) return [];
    if (source.host === destination.host || [source.host, destination.host].includes(LOCAL_HOST)) return [];
    return [
      remarkAt(input, ['syncs', sync.name, 'destination'], remoteToRemote(sync.source.volume, sync.destination.volume)),
    ];
  });
};
