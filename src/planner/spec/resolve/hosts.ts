import { LOCAL_HOST } from '../../model/spec.ts';

/**
 * The id of each volume's host, by volume name. Two volumes are on one server when their `ssh` lists share a name, if
 * only by way of a third volume; then any name of the group leads to it. The id is `ssh:` and all names of the group: the
 * lists one after the other, so that who comes earlier in them is wanted more. Where two lists disagree the volume whose
 * name sorts first has its way, since the order of tables in the file means nothing.
 */
export function resolveHosts(
  lists: readonly (readonly [volume: string, ssh: readonly string[] | null])[],
): Map<string, string> {
  const groups = new Map<string, Set<string>>();
  const order = new Map<string, number>();
  for (const [, names] of lists.toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    for (const name of names ?? []) if (!order.has(name)) order.set(name, order.size);
    const touched = new Set((names ?? []).flatMap((name) => groups.get(name) ?? []));
    const group = new Set([...[...touched].flatMap((each) => [...each]), ...(names ?? [])]);
    for (const name of group) groups.set(name, group);
  }
  const idOf = ([first = '']: readonly string[]): string => {
    const group = [...(groups.get(first) ?? [])].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    // The prefix keeps an SSH endpoint that somebody named `local` apart.
    return `ssh:${group.join(',')}`;
  };
  return new Map(lists.map(([volume, names]) => [volume, names === null ? LOCAL_HOST : idOf(names)]));
}
