import type { DirectoryFacts, EndpointFacts, Facts, HostFacts, SyncHistory, TransferPreview } from '../model/facts.ts';
import { parseSnapshotName } from '../retention/names.ts';

/** Parts of paths that say nothing about anybody. */
const COMMON = new Set(['', '.', '~', 'dev', 'home', 'media', 'mnt', 'root', 'run', 'srv', 'tmp', 'Users', 'Volumes']);
const NOT_REACHABLE = 'not reachable';
const OURS = new Set(['snapshots', 'staging', 'latest']);

/**
 * Facts without names of machines, users, folders and files. The same name becomes the same pseudonym everywhere, so
 * that what lies in what, and on which drive, stays true and a plan of it comes out the same. What the spec says (names
 * of volumes and syncs, subfolders in the keys of endpoints, UUIDs, filters) stays: whoever reads them has the spec.
 */
export function redactFacts(facts: Facts): Facts {
  const words = new Pseudonyms();
  return {
    ...facts,
    machine: { hostname: words.of('host', facts.machine.hostname), user: words.of('user', facts.machine.user) },
    hosts: mapValues(facts.hosts, (host) => redactHost(host, words)),
    volumes: mapValues(facts.volumes, (volume) => ({
      ...volume,
      path: words.pathOrNull(volume.path),
      directory: redactDirectory(volume.directory, words),
      unmountedFstabTarget: words.pathOrNull(volume.unmountedFstabTarget),
    })),
    endpoints: mapValues(facts.endpoints, (endpoint) => redactEndpoint(endpoint, words)),
    history: mapValues(facts.history, (history) => redactHistory(history, words)),
    previews: mapValues(facts.previews, (preview) => redactPreview(preview, words)),
  };
}

class Pseudonyms {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  of(kind: 'host' | 'user' | 'name', word: string): string {
    const key = `${kind} ${word}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const pseudonym = `${kind}-${count}`;
    this.#known.set(key, pseudonym);
    return pseudonym;
  }

  path(path: string): string {
    return path
      .split('/')
      .map((part) => this.#part(part))
      .join('/');
  }

  pathOrNull(path: string | null): string | null {
    return path === null ? null : this.path(path);
  }

  /** `/dev/sdb1`, and as findmnt(8) shows a part of it `/dev/sdb1[/path]`; others may name a server. */
  source(source: string): string {
    const [, device = source, root] = /^([^[]*)(?:\[(.*)\])?$/s.exec(source) ?? [];
    const named = device.startsWith('/dev/') ? device : this.of('name', device);
    return root === undefined ? named : `${named}[${this.path(root)}]`;
  }

  #part(part: string): string {
    const plain = COMMON.has(part) || OURS.has(part) || part.startsWith('.nbkp-') || parseSnapshotName(part) !== null;
    return plain ? part : this.of('name', part);
  }
}

/** Why a server is not reachable is told with names and addresses. */
function redactHost(host: HostFacts, words: Pseudonyms): HostFacts {
  const { route, ...known } = host;
  const passedOver = (route?.passedOver ?? []).map(({ endpoint, problem }) => ({
    endpoint,
    problem: problem === null ? null : { code: problem.code, message: NOT_REACHABLE, help: '', short: NOT_REACHABLE },
  }));
  const told = route === undefined ? {} : { route: { ...route, passedOver } };
  if (!known.reachable) return { ...known, ...told, reason: NOT_REACHABLE };
  return { ...known, ...told, home: words.path(known.home), user: words.of('user', known.user) };
}

function redactDirectory(directory: DirectoryFacts | null, words: Pseudonyms): DirectoryFacts | null {
  if (directory === null) return null;
  const { mount, realPath } = directory;
  return {
    ...directory,
    realPath: words.path(realPath),
    mount:
      mount === null
        ? null
        : {
            ...mount,
            target: words.path(mount.target),
            source: words.source(mount.source),
            options: [...mount.options],
          },
  };
}

function redactEndpoint(endpoint: EndpointFacts, words: Pseudonyms): EndpointFacts {
  const { latest, snapshots } = endpoint;
  return {
    ...endpoint,
    path: words.path(endpoint.path),
    directory: redactDirectory(endpoint.directory, words),
    latest: latest.kind === 'foreign' ? { kind: 'foreign', target: words.pathOrNull(latest.target) } : latest,
    snapshots:
      snapshots === null
        ? null
        : Object.fromEntries(Object.entries(snapshots).map(([name, entry]) => [redactEntry(name, words), entry])),
    staging: redactDirectory(endpoint.staging, words),
  };
}

/** Snapshots keep their names, those that are being made or removed too. */
function redactEntry(name: string, words: Pseudonyms): string {
  return /^\.(?:partial|prune)-/.test(name) ? name : words.path(name);
}

function redactHistory(history: SyncHistory, words: Pseudonyms): SyncHistory {
  const { lastSuccess } = history;
  if (lastSuccess === null) return history;
  return { ...history, lastSuccess: { ...lastSuccess, mountTarget: words.pathOrNull(lastSuccess.mountTarget) } };
}

function redactPreview(preview: TransferPreview, words: Pseudonyms): TransferPreview {
  const { items, inTheWay } = preview;
  return {
    ...preview,
    items: items.map((item) => ({ ...item, path: words.path(item.path) })),
    ...(inTheWay === undefined
      ? {}
      : { inTheWay: { ...inTheWay, paths: inTheWay.paths.map((path) => words.path(path)) } }),
  };
}

function mapValues<T>(record: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
