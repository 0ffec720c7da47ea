import type { Finding } from '../../model/finding.ts';
import { parseEndpoint } from '../resolve/endpoint.ts';
import { listOf } from '../resolve/volume.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { invalidEndpoint, unknownReference } from '../../model/findings/spec.ts';

type Kind = 'volumes' | 'ssh';

/** Names of volumes and SSH endpoints that nothing defines, and endpoints of syncs that cannot be understood. */
export const references: Check = (input) => [...ofSyncs(input), ...ofVolumes(input), ...ofSsh(input)];

function ofSyncs(input: CheckInput): Finding[] {
  return Object.entries(input.written.syncs ?? {}).flatMap(([name, sync]) => [
    ...(['source', 'destination'] as const).flatMap((role) => endpoint(input, ['syncs', name, role], sync[role])),
    ...(['before', 'after', 'on-failure'] as const).flatMap((list) =>
      (sync[list] ?? []).flatMap((hook, index) =>
        Array.isArray(hook) || hook.on === undefined
          ? []
          : known(input, 'volumes', hook.on, ['syncs', name, list, index, 'on']),
      ),
    ),
  ]);
}

function endpoint(input: CheckInput, place: string[], text: string): Finding[] {
  const parsed = parseEndpoint(text);
  if ('endpoint' in parsed) return known(input, 'volumes', parsed.endpoint.volume, place);
  return [remarkAt(input, place, invalidEndpoint(text, parsed.problem))];
}

function ofVolumes(input: CheckInput): Finding[] {
  return Object.entries(input.written.volumes ?? {}).flatMap(([name, volume]) =>
    volume.ssh === undefined ? [] : knownEach(input, volume.ssh, ['volumes', name, 'ssh']),
  );
}

function ofSsh(input: CheckInput): Finding[] {
  return Object.entries(input.written.ssh ?? {}).flatMap(([name, ssh]) => [
    ...(ssh.extends === undefined ? [] : known(input, 'ssh', ssh.extends, ['ssh', name, 'extends'])),
    ...(ssh['proxy-jump'] === undefined ? [] : knownEach(input, ssh['proxy-jump'], ['ssh', name, 'proxy-jump'])),
  ]);
}

function knownEach(input: CheckInput, names: string | string[], place: string[]): Finding[] {
  return listOf(names).flatMap((name, index) =>
    known(input, 'ssh', name, typeof names === 'string' ? place : [...place, index]),
  );
}

function known(input: CheckInput, kind: Kind, name: string, place: (string | number)[]): Finding[] {
  const defined = input.names[kind];
  return defined.has(name) ? [] : [remarkAt(input, place, unknownReference(kind, name, [...defined]))];
}
