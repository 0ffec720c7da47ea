import type { Finding } from '../../model/finding.ts';
import { belowHome } from '../../model/paths.ts';
import { remarkAt, type Check, type CheckInput } from './check.ts';
import { pathClimbs, pathNotAbsolute } from '../../model/findings/spec.ts';

/** Paths that depend on where nbkp is started, or that climb. */
export const paths: Check = (input) => {
  const { volumes = {}, ssh = {}, syncs = {}, credentials = {} } = input.written;
  return [
    ...Object.entries(volumes).flatMap(([name, { path }]) => path_(input, ['volumes', name, 'path'], path)),
    ...Object.entries(ssh).flatMap(([name, endpoint]) => [
      ...path_(input, ['ssh', name, 'key'], endpoint.key),
      ...path_(input, ['ssh', name, 'known-hosts-file'], endpoint['known-hosts-file']),
    ]),
    ...Object.entries(syncs).flatMap(([name, sync]) => [
      ...path_(input, ['syncs', name, 'filter-file'], sync['filter-file']),
      ...(sync.filters ?? []).flatMap((filter, index) =>
        typeof filter === 'string' ? [] : path_(input, ['syncs', name, 'filters', index, 'merge'], filter.merge),
      ),
    ]),
    ...path_(input, ['credentials', 'directory'], credentials.directory),
  ];
};

function path_(input: CheckInput, place: (string | number)[], path: string | undefined): Finding[] {
  if (path === undefined) return [];
  if (!path.startsWith('/') && belowHome(path) === null) {
    return [remarkAt(input, place, pathNotAbsolute(path))];
  }
  if (!path.split('/').includes('..')) return [];
  return [remarkAt(input, place, pathClimbs(path))];
}
