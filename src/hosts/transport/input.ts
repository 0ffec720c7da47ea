import type { InputPart } from '../../planner/model/executor.ts';

/** What a process gets on its standard input. @param valueOf the value of a passphrase, by its id */
export function inputBytes(parts: readonly InputPart[], valueOf: (id: string) => string): string | Uint8Array {
  const written = parts.map((part) => {
    if (typeof part === 'string' || part instanceof Uint8Array) return part;
    const value = valueOf(part.secret);
    return part.escaped === true ? value.replace(/["\\]/g, '\\$&') : value;
  });
  if (written.every((part) => typeof part === 'string')) return written.join('');
  return Buffer.concat(written.map((part) => Buffer.from(part)));
}
