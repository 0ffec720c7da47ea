import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { Facts, HostFacts } from '../../planner/model/facts.ts';
import type { Questions } from '../../planner/model/questions.ts';
import type { Result } from '../../planner/model/result.ts';
import { endpointsOfHost, LOCAL_HOST } from '../../planner/model/spec.ts';
import type { Servers } from '../transport/ssh/servers.ts';
import type { Transport } from '../transport/transport.ts';
import type { AskedQuestion } from '../../planner/facts/answers.ts';
import { askExecutors } from './answers.ts';
import { readFilterFiles, type FilterReading } from './filter-files.ts';
import { observeHost, type HostObservation } from './observe-host.ts';
import { observeServer } from './observe-server.ts';
import { userName } from './user-name.ts';

/** Whoever reaches this machine through ssh, or one server in two ways, has one file system under two names. */
function withNamesake(seen: Seen, hosts: readonly Seen[]): HostFacts {
  const { id, boot, host } = seen;
  const alike = hosts.filter((other) => boot !== '' && other.boot === boot).map((other) => other.id);
  const first = alike.includes(LOCAL_HOST) ? LOCAL_HOST : (alike.toSorted()[0] ?? id);
  return first === id || !host.reachable ? host : { ...host, sameAs: first };
}

type Seen = Pick<HostObservation, 'host' | 'boot'> & { id: string };

const TIMEOUT_MS = 60_000;

export interface ObserveOptions {
  local: Transport;
  /** Needed where volumes are on servers. */
  servers?: Servers;
  /** Where the spec is: relative filter files are relative to its folder. */
  specPath: string;
  /** How these are read; all of this user and root by default. */
  filters?: Pick<FilterReading, 'owners' | 'outside'>;
  /** Milliseconds that each host has for its answer; a minute by default. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** What executors want to know besides (`executorQuestions`). Asked when all hosts have answered. */
  further?: (facts: Facts) => AskedQuestion[];
  /** Fetches a passphrase that one of these needs. */
  secret?: (id: string) => Promise<Result<string>>;
}

/**
 * Looks at the world and changes nothing in it. History and previews stay empty: they come from the store and from dry
 * runs, and the caller adds them.
 */
export async function observe(questions: Questions, options: ObserveOptions): Promise<Facts> {
  const { local, specPath, servers, timeoutMs = TIMEOUT_MS, signal, further = () => [], secret } = options;
  const probing = { timeoutMs, ...(signal && { signal }) };
  const observedAt = new Date().toISOString();
  const asking = Object.entries(questions.hosts).map(async ([id, asked]) => {
    const seen =
      servers === undefined || id === LOCAL_HOST
        ? await observeHost(asked, local, probing)
        : await observeServer(id, endpointsOfHost(id), asked, servers, probing);
    return { id, ...seen };
  });
  // While the hosts answer.
  const reading = { owners: [], outside: true, ...options.filters, folder: dirname(specPath), anyOwner: false };
  const filters = readFilterFiles(questions.filterFiles, reading);
  const hosts = await Promise.all(asking);
  const facts: Facts = {
    formatVersion: '1.0',
    basis: 'observed',
    observedAt,
    machine: { hostname: hostname(), user: userName() },
    hosts: Object.fromEntries(hosts.map((seen) => [seen.id, withNamesake(seen, hosts)])),
    volumes: Object.fromEntries(hosts.flatMap(({ volumes }) => volumes)),
    endpoints: Object.fromEntries(hosts.flatMap(({ endpoints }) => endpoints)),
    ...filters,
    history: {},
    previews: {},
  };
  const more = further(facts);
  if (more.length === 0) return facts;
  const transport = (host: string) => (host === LOCAL_HOST ? local : servers?.transport(host));
  return { ...facts, answers: await askExecutors(more, transport, secret && { secret }) };
}
