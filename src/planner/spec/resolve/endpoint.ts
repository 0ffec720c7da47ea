import type { Endpoint } from '../../model/spec.ts';

export type ParsedEndpoint = { endpoint: Endpoint } | { problem: string };

/** `VOLUME` or `VOLUME:SUBDIR`, the latter without empty and `.` parts. */
export function parseEndpoint(text: string): ParsedEndpoint {
  const colon = text.indexOf(':');
  const volume = colon === -1 ? text : text.slice(0, colon);
  const parts = colon === -1 ? [] : pathParts(text.slice(colon + 1));
  if (volume === '') return { problem: 'the name of the volume before the colon is missing' };
  if (/[/\\~]/.test(volume)) return { problem: 'it begins with a path instead of the name of a volume' };
  if (parts.includes('..')) return { problem: 'its path contains `..`' };
  return { endpoint: { volume, subdir: parts.join('/') } };
}

/** The parts of a path that matter: `/a//b/./c/` is a, b, c. */
export function pathParts(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
