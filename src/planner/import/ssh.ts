import type { Draft } from './draft.ts';
import { pointerOf } from '../spec/checks/check.ts';
import type * as Written from '../spec/generated/spec.ts';
import type { Table } from './table.ts';
import { identitiesOnly, paramikoOption } from '../model/findings/imports.ts';

/** `ssh-endpoints`. */
export function importSsh(draft: Draft, file: Table): void {
  for (const { name, table, offset, comment } of file.tables('ssh-endpoints')) {
    draft.sections.ssh.set(name, { written: endpoint(draft, name, table), comment });
    draft.origins.set(pointerOf('ssh', name), offset);
  }
}

function endpoint(draft: Draft, name: string, table: Table): Written.SshEndpoint {
  const origin = (key: string, from: string): void => {
    draft.origins.set(pointerOf('ssh', name, key), table.offsetOf(from));
  };
  const written: Written.SshEndpoint = {};
  const parent = table.text('extends');
  const host = parent === undefined ? table.required('host') : table.text('host');
  const jumps = table.texts('proxy-jumps').map(({ text }) => text);
  const jump = table.text('proxy-jump') ?? (jumps.length > 0 ? jumps : undefined);
  const locations = table.texts('locations').map(({ text }) => text);
  const [port, user, key, location] = [
    table.whole('port'),
    table.text('user'),
    table.text('key'),
    table.text('location'),
  ];
  if (parent !== undefined) written.extends = parent;
  if (host !== undefined) written.host = host;
  if (port !== undefined) written.port = port;
  if (user !== undefined) written.user = user;
  if (key !== undefined) written.key = key;
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
  if (knownHosts !== undefined) written['known-hosts-file'] = knownHosts;
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
