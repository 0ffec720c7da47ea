import { absolute, section, type Draft } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import { resolveSsh } from '../spec/resolve/ssh.ts';
import { sameJson } from '../model/json-changes.ts';
import { Table } from './table.ts';
import type { YamlEntry, YamlTable } from './yaml.ts';
import { endpointFlattened, identitiesOnly, paramikoOption } from '../model/findings/imports.ts';

type Entries = YamlTable['entries'];

/** `ssh-endpoints`. */
export function importSsh(draft: Draft, file: Table): void {
  const tables = file.tables('ssh-endpoints');
  const entries = new Map(tables.map((each) => [each.name, each.entries]));
  for (const { name, table, offset } of tables) {
    draft.origins.set(pointerOf('ssh', name), offset);
    draft.sections.ssh.set(
      name,
      section(draft, offset, () => endpoint(draft, name, table)),
    );
  }
  const depth = new Map(tables.map(({ name }) => [name, depthOf(name, entries)]));
  // What a parent is has to be settled before its children.
  const sorted = tables.toSorted((a, b) => (depth.get(a.name) ?? 0) - (depth.get(b.name) ?? 0));
  for (const { name, offset } of sorted) flatten(draft, name, offset, inherited(name, entries));
}

/**
 * What an endpoint is there: each of its keys stands in place of its parent's, the whole table of the connection too, and
 * null takes one away. Null where `extends` leads nowhere.
 */
function inherited(name: string, all: ReadonlyMap<string, Entries>, above: string[] = []): Entries | null {
  const own = all.get(name);
  if (own === undefined || above.includes(name)) return null;
  const parent = parentOf(own);
  if (parent === null) return own;
  const from = inherited(parent, all, [...above, name]);
  if (from === null) return null;
  const merged = new Map([...spelled(from), ...spelled(own)]);
  for (const [one, other] of EXCLUSIVE) {
    if (spelled(own).has(one) !== spelled(own).has(other)) merged.delete(spelled(own).has(one) ? other : one);
  }
  merged.delete('extends');
  return merged;
}

function parentOf(own: Entries): string | null {
  const parent = own.get('extends')?.value;
  return parent?.kind === 'scalar' && parent.value !== null ? parent.text : null;
}

function depthOf(name: string, all: ReadonlyMap<string, Entries>, above: string[] = []): number {
  const own = all.get(name);
  const parent = own === undefined || above.includes(name) ? null : parentOf(own);
  return parent === null ? 0 : 1 + depthOf(parent, all, [...above, name]);
}

function spelled(entries: Entries): Map<string, YamlEntry> {
  return new Map(Array.from(entries, ([key, entry]) => [key.replaceAll('_', '-'), entry]));
}

/** An endpoint is written in full where `extends` would mean something else in a spec. */
function flatten(draft: Draft, name: string, offset: number, entries: Entries | null): void {
  const kept = draft.sections.ssh.get(name);
  const parent = kept?.written.extends;
  if (kept === undefined || parent === undefined || entries === null || kept.problems.length > 0) return;
  const silent: Draft = { ...draft, source: draft.source.elsewhere(), origins: new Map() };
  const full = endpoint(silent, name, new Table({ kind: 'table', offset, entries }, silent.source));
  const all = Object.fromEntries(Array.from(draft.sections.ssh, ([each, { written }]) => [each, written]));
  if (sameJson(resolveSsh(all)[name], resolveSsh({ ...all, [name]: full })[name])) return;
  kept.written = full;
  draft.source.remark(offset, endpointFlattened(name, parent));
}

const EXCLUSIVE = [
  ['proxy-jump', 'proxy-jumps'],
  ['location', 'locations'],
] as const;

function endpoint(draft: Draft, name: string, table: Table): Written.SshEndpoint {
  const origin = (key: string, from: string): void => {
    draft.origins.set(pointerOf('ssh', name, key), table.offsetOf(from));
  };
  const written: Written.SshEndpoint = {};
  const parent = table.text('extends');
  const host = parent === undefined ? table.required('host') : table.text('host');
  for (const [one, other] of EXCLUSIVE) table.exclusive(one, other);
  const jumps = table.texts('proxy-jumps').map(({ text }) => text);
  const jump = table.text('proxy-jump') ?? (jumps.length > 0 ? jumps : undefined);
  const locations = table.texts('locations').map(({ text }) => text);
  const [port, user, key, location] = [
    table.whole('port'),
    table.text('user'),
    table.textOrNothing('key'),
    table.text('location'),
  ];
  if (parent !== undefined) written.extends = parent;
  if (host !== undefined) written.host = host;
  if (port !== undefined) written.port = port;
  if (user !== undefined) written.user = user;
  if (key !== undefined) written.key = absolute(draft, table.offsetOf('key'), key);
  if (jump !== undefined) written['proxy-jump'] = jump;
  if (location !== undefined) written.location = location;
  if (locations.length > 0) written.locations = locations;
  for (const same of ['extends', 'host', 'port', 'user', 'key', 'location', 'locations']) origin(same, same);
  origin('proxy-jump', table.value('proxy-jump') === undefined ? 'proxy-jumps' : 'proxy-jump');
  connection(draft, written, table.table('connection-options'));
  table.done();
  return written;
}

/** Options of paramiko, which OpenSSH has no word for, and what comes nearest. */
const PARAMIKO = {
  'banner-timeout': 'connect-timeout of the endpoint covers the time until the server answers.',
  'auth-timeout': 'connect-timeout of the endpoint covers the time until the server answers.',
  'channel-timeout': 'server-alive-interval notices a server that has gone silent.',
  'disabled-algorithms':
    'OpenSSH takes algorithms away with a minus: options = { KexAlgorithms = "-NAME" }, see ssh_config(5).',
} as const;

function connection(draft: Draft, written: Written.SshEndpoint, table: Table): void {
  const timeout = table.whole('connect-timeout');
  const interval = table.whole('server-alive-interval');
  const [compress, forward] = [table.flag('compress'), table.flag('forward-agent')];
  const [knownHosts, strict] = [table.text('known-hosts-file'), table.flag('strict-host-key-checking')];
  if (timeout !== undefined) written['connect-timeout'] = timeout;
  if (interval !== undefined) written['server-alive-interval'] = interval;
  if (compress !== undefined) written.compress = compress;
  if (forward !== undefined) written['forward-agent'] = forward;
  if (knownHosts !== undefined)
    written['known-hosts-file'] = absolute(draft, table.offsetOf('known-hosts-file'), knownHosts);
  if (strict !== undefined) written['strict-host-key-checking'] = strict;
  const options: Record<string, string> = {};
  if (table.flag('allow-agent') === false) options['IdentityAgent'] = 'none';
  if (table.flag('look-for-keys') === false) {
    options['IdentitiesOnly'] = 'yes';
    draft.source.remarkOnce(table.offsetOf('look-for-keys'), identitiesOnly());
  }
  if (Object.keys(options).length > 0) written.options = options;
  for (const [key, instead] of Object.entries(PARAMIKO)) {
    if (table.value(key) !== undefined) draft.source.remark(table.offsetOf(key), paramikoOption(key, instead));
  }
  table.done();
}
