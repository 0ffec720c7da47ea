import type { Finding } from '../../model/finding.ts';
import { BUILT_IN_NAMES } from '../executors.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { executorUnknown } from '../../model/findings/plugins.ts';

/** Names of executors that nobody brings: a sync with a mistyped one would wait for ever. */
export const executors: Check = (input) => {
  const { volumes = {}, syncs = {} } = input.written;
  return [
    ...Object.entries(volumes).flatMap(([name, volume]) =>
      named(input, 'mode', ['volumes', name, 'snapshots', 'mode'], volume.snapshots?.mode),
    ),
    ...Object.entries(syncs).flatMap(([name, sync]) => [
      ...named(input, 'transfer', ['syncs', name, 'transfer'], sync.transfer),
      ...named(input, 'mode', ['syncs', name, 'snapshots', 'mode'], sync.snapshots?.mode),
      ...named(input, 'source-snapshot', ['syncs', name, 'source-snapshot'], sync['source-snapshot']),
    ]),
  ];
};

function named(input: CheckInput, key: keyof typeof BUILT_IN_NAMES, place: string[], name?: string): Finding[] {
  const builtIn: readonly string[] = BUILT_IN_NAMES[key];
  if (name === undefined || builtIn.includes(name) || input.executors.of(name) !== null) return [];
  const known = [...builtIn, ...input.executors.names];
  return [remarkAt(input, place, executorUnknown(key, name, known))];
}
