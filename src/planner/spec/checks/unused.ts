import type { Finding, Remark } from '../../model/finding.ts';
import { findingAt } from '../document.ts';
import { pointerOf, type Check, type CheckInput } from './check.ts';
import { unusedSsh, unusedVolume } from '../../model/findings/spec.ts';

/** Volumes that no sync names, and SSH endpoints that lead to nothing. Warnings. */
export const unused: Check = (input) => {
  const { spec, written } = input;
  const volumes = new Set<string>();
  for (const sync of Object.values(spec.syncs)) {
    const hooks = [...sync.before, ...sync.after, ...sync.onFailure];
    for (const name of [sync.source.volume, sync.destination.volume, ...hooks.map((hook) => hook.onVolume)]) {
      if (name !== null) volumes.add(name);
    }
  }
  const ssh = new Set(Object.values(spec.volumes).flatMap((volume) => volume.ssh ?? []));
  for (const [name, endpoint] of Object.entries(spec.ssh)) {
    const parent = written.ssh?.[name]?.extends;
    for (const used of [...endpoint.proxyJump, ...(parent === undefined ? [] : [parent])]) ssh.add(used);
  }
  return [...notIn(input, 'volumes', volumes, unusedVolume), ...notIn(input, 'ssh', ssh, unusedSsh)];
};

function notIn(
  input: CheckInput,
  section: 'volumes' | 'ssh',
  used: ReadonlySet<string>,
  entry: (name: string) => Remark,
): Finding[] {
  return Object.keys(input.spec[section])
    .filter((name) => !used.has(name))
    .map((name) => findingAt(input.document, pointerOf(section, name), entry(name)));
}
