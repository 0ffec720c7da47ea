import { isWithin } from '../model/paths.ts';
import { LOCAL_HOST, type Endpoint, type Spec } from '../model/spec.ts';
import { parseEndpoint } from '../spec/resolve/endpoint.ts';

/** An end of a sync as somebody types it, or in words why it is none. */
export type TypedEnd = { endpoint: Endpoint } | { problem: string; help: string };

/**
 * @param typed `VOLUME`, `VOLUME:FOLDER`, or a folder of this machine, which is one within a volume
 * @param absolute such a folder as an absolute path, without `~`
 */
export function typedEnd({ volumes }: Spec, typed: string, absolute: (path: string) => string): TypedEnd {
  if (/^[~./]/.test(typed)) {
    const path = absolute(typed);
    const holders = Object.values(volumes).flatMap((volume) => {
      const root = volume.host === LOCAL_HOST && volume.path !== null ? absolute(volume.path) : null;
      return root !== null && isWithin(path, root) ? [{ volume: volume.name, root }] : [];
    });
    const [holder] = holders.sort((a, b) => b.root.length - a.root.length);
    if (holder !== undefined) {
      return { endpoint: { volume: holder.volume, subdir: path.slice(holder.root.length).replace(/^\/+/, '') } };
    }
    return { problem: `No volume of the spec holds ${path}.`, help: `Put one there first: nbkp add volume ${typed}` };
  }
  const parsed = parseEndpoint(typed);
  if ('problem' in parsed) return { problem: `${typed} is no end of a sync: ${parsed.problem}.`, help: FORMS };
  if (volumes[parsed.endpoint.volume] !== undefined) return parsed;
  const there = Object.keys(volumes).join(', ');
  return {
    problem: `The spec has no volume ${parsed.endpoint.volume}.`,
    help: `There are: ${there}. nbkp add volume puts another one there.`,
  };
}

const FORMS = 'It is VOLUME, VOLUME:FOLDER, or a folder of this machine, which begins with / or ./';
