import { remarkAt, type Check } from './check.ts';
import { LOCAL_HOST } from '../../model/spec.ts';

/** rsync(1) does not copy between two remote hosts: "The source and destination cannot both be remote." */
export const servers: Check = (input) => {
  return Object.values(input.spec.syncs).flatMap((sync) => {
    const source = input.spec.volumes[sync.source.volume];
    const destination = input.spec.volumes[sync.destination.volume];
    if (source === undefined || destination === undefined) return [];
    if (source.host === destination.host || [source.host, destination.host].includes(LOCAL_HOST)) return [];
    return [
      remarkAt(input, ['syncs', sync.name, 'destination'], {
        code: 'remote-to-remote',
        message: `\`${sync.source.volume}\` and \`${sync.destination.volume}\` are on two servers, and rsync cannot copy from one to the other.`,
        help: `Make two syncs: one from ${sync.source.volume} to a volume of this machine, and one from there to ${sync.destination.volume}. They run one after the other. If both are one server, let their \`ssh\` lists share a name.`,
      }),
    ];
  });
};
