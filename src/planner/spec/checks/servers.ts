import { remarkAt, type Check } from './check.ts';
import { LOCAL_HOST } from '../../model/spec.ts';
import { remoteToRemote } from '../../model/findings/spec.ts';

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
