import { PassThrough, type Readable } from 'node:stream';
import { snapshotUnreadable } from '../../planner/model/findings/destinations.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { HostFolder } from '../folder.ts';
import { printfName } from '../rsync/names.ts';

/** Goes into one folder after the other and never through a link, as `listAt` does. Ends with 2 where there is no such file. */
const SCRIPT = `
cd -- "$1" || exit 1
shift
while [ "$#" -gt 1 ]; do
  name=$(printf '%b.' "$1")
  name=./\${name%.}
  [ -d "$name" ] && ! [ -L "$name" ] || exit 2
  cd "$name" || exit 1
  shift
done
name=$(printf '%b.' "$1")
name=./\${name%.}
[ -f "$name" ] && ! [ -L "$name" ] || exit 2
exec cat <"$name"
`;

/**
 * Reads a file of a copy, no faster than somebody takes it.
 *
 * @param copy what a person calls it: `SYNC@SNAPSHOT`
 * @param path relative to the place, one character for each byte (latin1)
 * @param signal ends it, also when it was begun
 * @returns once the first of it is there. The stream fails when not all of the file could be read.
 */
export async function readAt(
  { transport, path: root }: HostFolder,
  copy: string,
  path: string,
  signal: AbortSignal,
): Promise<Result<Readable>> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const sink = new PassThrough();
  const stop = new AbortController();
  // Who takes it is told. Where nobody has begun to, it would end the program.
  sink.on('error', () => undefined);
  // Whoever takes no more of it need not say so.
  sink.once('close', () => stop.abort());
  const begun = new Promise<void>((resolve) => sink.once('readable', resolve));
  const run = async (): Promise<Result<Readable>> => {
    const argv = ['sh', '-c', SCRIPT, 'sh', root, ...names.map(printfName)];
    const until = AbortSignal.any([signal, stop.signal]);
    const { code, error, stderr } = await transport.run(argv, { sink, signal: until });
    if (code === 0) {
      sink.end();
      return success(sink);
    }
    const why = signal.aborted ? 'it was cancelled' : (error ?? stderr.at(-1) ?? 'the command did not end well');
    const finding = snapshotUnreadable(copy, why);
    sink.destroy(new Error(finding.message));
    return failure(finding);
  };
  return Promise.race([run(), begun.then(() => success(sink))]);
}
