import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SshEndpoint } from '../../../planner/model/spec.ts';
import { sshArguments } from '../../../planner/ssh/arguments.ts';
import type { Network } from '../../../planner/ssh/candidates.ts';
import type { Transport } from '../transport.ts';

/** Milliseconds for all addresses of an endpoint. A resolver that hangs must not hold up the choice. */
const PATIENCE = 2_000;

const RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10', '127.0.0.0/8'];

/**
 * Addresses that are not routed on the Internet: RFC 1918, 3927, 4193, 4291, 6598, and this machine's own. Made when it is
 * needed: making it costs each start otherwise.
 */
function privateAddresses(): BlockList {
  const list = new BlockList();
  for (const range of [...RANGES, 'fc00::/7', 'fe80::/10', '::1/128']) {
    const [address = '', bits = ''] = range.split('/');
    list.addSubnet(address, Number(bits), isIPv6(address) ? 'ipv6' : 'ipv4');
  }
  return list;
}

/**
 * In which kind of network an endpoint is: private when all addresses of its host are, and null when it has none that can
 * be found in time. What its host is called, ssh itself says (`ssh -G`), since the user's configuration may know better.
 */
export async function networkOf(
  name: string,
  endpoints: Readonly<Record<string, SshEndpoint>>,
  local: Transport,
): Promise<Network | null> {
  const { stdout } = await local.run(['ssh', '-G', ...sshArguments(name, endpoints)], { timeoutMs: PATIENCE });
  const [, host] = /^hostname (.+)$/m.exec(stdout.toString('utf8')) ?? [];
  if (host === undefined) return null;
  // Not found: as good as not asked, and the attempt to connect will say why.
  const found = lookup(host, { all: true }).catch(() => []);
  const late = new AbortController();
  const addresses = await Promise.race([found, sleep(PATIENCE, [], { signal: late.signal, ref: false })]);
  late.abort();
  if (addresses.length === 0) return null;
  const list = privateAddresses();
  const isPrivate = addresses.every(({ address, family }) => list.check(address, family === 6 ? 'ipv6' : 'ipv4'));
  return isPrivate ? 'private' : 'public';
}
