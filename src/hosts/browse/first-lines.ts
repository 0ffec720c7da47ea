import { isUtf8 } from 'node:buffer';
import { printfName } from '../rsync/names.ts';
import type { HostFolder } from '../folder.ts';

const BYTES = 2000;

const SCRIPT = `
cd "$1" || exit 1
name=$(printf '%b.' "$2")
head -c ${BYTES} "./\${name%.}"
`;

/**
 * The first lines of a file, where it is a text; none where it is not, or cannot be read.
 *
 * @param path relative to the place, one character for each byte (latin1); no part of it is a link
 */
export async function firstLines({ transport, path: root }: HostFolder, path: string): Promise<string[]> {
  const { code, stdout } = await transport.run(['sh', '-c', SCRIPT, 'sh', root, printfName(path)]);
  // The last character may be cut.
  const cut = stdout.length < BYTES ? stdout : stdout.subarray(0, stdout.lastIndexOf(10) + 1);
  if (code !== 0 || !isUtf8(cut) || /[\x00-\x08\x0e-\x1f]/.test(cut.toString())) return [];
  return cut.toString().split(/\r?\n/);
}
