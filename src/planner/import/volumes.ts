import { absolute, section, type Draft } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import type { Table } from './table.ts';
import {
  bestEndpoint,
  encryptionType,
  primaryKept,
  primaryLeftOut,
  tildeIsHome,
  volumeType,
} from '../model/findings/imports.ts';

/** `volumes`. */
export function importVolumes(draft: Draft, file: Table): void {
  for (const { name, table, offset } of file.tables('volumes')) {
    const origin = (key: string, from: string): void => {
      draft.origins.set(pointerOf('volumes', name, key), table.offsetOf(from));
    };
    draft.origins.set(pointerOf('volumes', name), offset);
    origin('path', 'path');
    origin('ssh', table.value('ssh-endpoints') === undefined ? 'ssh-endpoint' : 'ssh-endpoints');
    origin('mount', 'mount');
    draft.sections.volumes.set(
      name,
      section(draft, offset, () => volume(draft, name, table)),
    );
    table.done();
  }
}

function volume(draft: Draft, name: string, table: Table): Written.Volume {
  const written: Written.Volume = {};
  const type = table.required('type');
  const remote = type === 'remote';
  if (!remote && type !== 'local' && type !== '') draft.source.remark(table.offsetOf('type'), volumeType(type));
  const mount = table.value('mount') === undefined ? null : table.table('mount');
  const path = mount === null ? table.required('path') : table.text('path');
  if (path !== undefined) {
    written.path = remote ? remotePath(draft, table, path) : absolute(draft, table.offsetOf('path'), path);
  }
  if (remote) written.ssh = candidates(draft, name, table);
  if (mount !== null) written.mount = drive(draft, mount);
  return written;
}

/** A relative path counts from the remote home directory, where ssh starts. */
function remotePath(draft: Draft, table: Table, path: string): string {
  if (path.startsWith('~')) {
    draft.source.remarkOnce(table.offsetOf('path'), tildeIsHome());
    return path;
  }
  return path.startsWith('/') || path === '' ? path : `~/${path}`;
}

/** The primary endpoint says which server it is, even where it is no candidate: then nothing connects through it. */
function candidates(draft: Draft, name: string, table: Table): string | string[] {
  const primary = table.required('ssh-endpoint');
  const listed = table.texts('ssh-endpoints').map(({ text }) => text);
  draft.primaries.set(name, { endpoint: primary, offset: table.offsetOf('ssh-endpoint') });
  if (listed.length === 0) return primary;
  draft.source.remarkOnce(table.offsetOf('ssh-endpoints'), bestEndpoint());
  if (!listed.includes(primary)) draft.source.remarkOnce(table.offsetOf('ssh-endpoint'), primaryLeftOut(primary));
  return listed;
}

/** Two volumes with one primary endpoint are on one server there; here their lists have to share a name. */
export function shareServer(draft: Draft, one: string, other: string): void {
  const primary = draft.primaries.get(one);
  const both = [one, other].map((name) => draft.sections.volumes.get(name)?.written);
  const [from, to] = both.map((volume) => [volume?.ssh ?? []].flat());
  if (primary === undefined || primary.endpoint !== draft.primaries.get(other)?.endpoint) return;
  if (from === undefined || to === undefined || from.some((name) => to.includes(name))) return;
  for (const volume of both) {
    if (volume?.ssh !== undefined && !volume.ssh.includes(primary.endpoint))
      volume.ssh = [...[volume.ssh].flat(), primary.endpoint];
  }
  draft.source.remarkOnce(primary.offset, primaryKept(primary.endpoint));
}

function drive(draft: Draft, table: Table): Written.Mount {
  const mount: Written.Mount = { 'device-uuid': table.required('device-uuid') };
  if (table.value('encryption') !== undefined) {
    const encryption = table.table('encryption');
    const type = encryption.required('type');
    const id = encryption.text('passphrase-id');
    if (type === 'luks') mount.encryption = { type, ...(id === undefined ? {} : { 'passphrase-id': id }) };
    else draft.source.remark(encryption.offsetOf('type'), encryptionType());
    encryption.done();
  }
  table.done();
  return mount;
}
