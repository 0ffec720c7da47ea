import type { HostFacts, RsyncFacts } from '../../planner/model/facts.ts';
import type { Answer } from './parse-answer.ts';

/** What a host is, from what its kernel, `id` and `rsync --version` said. */
export function hostFacts({
  home,
  system,
  id,
  rsync,
  tools,
  conditions,
}: Answer): Extract<HostFacts, { reachable: true }> {
  const [, uid = '-1', user = ''] = /^uid=(\d+)(?:\(([^)]*)\))?/.exec(id) ?? [];
  const os = system === 'Linux' ? 'linux' : system === 'Darwin' ? 'darwin' : 'other';
  return {
    reachable: true,
    os,
    home,
    user,
    uid: Number(uid),
    rsync: rsyncFacts(rsync),
    ...tools,
    ...(conditions && { conditions }),
  };
}

/** openrsync (macOS, OpenBSD) says on its second line which version of rsync it takes itself for. */
function rsyncFacts(text: string): RsyncFacts | null {
  if (text === '') return null;
  const [, version = ''] = /\brsync +version v?(\d+(?:\.\d+)+)/.exec(text) ?? [];
  if (text.startsWith('openrsync')) return { kind: 'openrsync', version };
  const lacks = (['acls', 'xattrs'] as const).filter((name) => new RegExp(`\\bno ${name}\\b`, 'i').test(text));
  return { kind: version === '' ? 'unknown' : 'rsync', version, ...(lacks.length === 0 ? {} : { lacks }) };
}
