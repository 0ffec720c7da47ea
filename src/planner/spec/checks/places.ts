import { endpointKey, type Endpoint, type Spec } from '../../model/spec.ts';
import { pathParts } from '../resolve/endpoint.ts';

/**
 * Directories as far as the spec alone can tell them apart: `machine root/part/part/`, so that one is inside another
 * exactly when its text begins with the other's. Home directories, drives without a path and servers are roots of their
 * own: whether they hold one another only facts can say.
 */
export class Places {
  readonly #volumes: Spec['volumes'];
  readonly #known = new Map<string, string>();

  constructor(spec: Spec) {
    this.#volumes = spec.volumes;
  }

  of(endpoint: Endpoint): string {
    const key = endpointKey(endpoint);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const place = `${this.#root(endpoint.volume)}${pathParts(endpoint.subdir).join('/')}`;
    const slashed = place.endsWith('/') ? place : `${place}/`;
    this.#known.set(key, slashed);
    return slashed;
  }

  #root(name: string): string {
    const volume = this.#volumes[name];
    if (volume === undefined) return `unknown ${name}/`;
    const machine = volume.host;
    if (volume.path === null) return `${machine} uuid:${(volume.mount?.deviceUuid ?? '').toLowerCase()}/`;
    const parts = pathParts(volume.path);
    const root = parts[0] === '~' ? '~' : '';
    return `${machine} ${[root, ...parts.slice(root === '~' ? 1 : 0), ''].join('/')}`;
  }
}

/** `local /a/b/` → `local /a/`, `local /`: the places around a place, the nearest first. */
export function around(place: string): string[] {
  const outer: string[] = [];
  for (let at = place.lastIndexOf('/', place.length - 2); at !== -1; at = place.lastIndexOf('/', at - 1)) {
    outer.push(place.slice(0, at + 1));
    if (at === 0) break;
  }
  return outer;
}
