import type { Transport } from '../transport/transport.ts';

export interface Holder {
  pid: number;
  /** Its name, as `ps -o comm` shows it. */
  command: string;
}

/** Processes whose folder or open files are below a path. Those of other users only root can see (proc(5)). */
const SCRIPT = `
for process in /proc/[0-9]*; do
  for link in "$process/cwd" "$process/root" "$process"/fd/*; do
    case $(readlink "$link") in
      "$1" | "$1"/*) printf '%s\\0%s\\0' "\${process#/proc/}" "$(cat "$process/comm")"; break ;;
    esac
  done
done 2>/dev/null`;

/**
 * Who keeps a mounted file system busy?
 *
 * @param path absolute, where it is mounted
 */
export async function holders(transport: Pick<Transport, 'run'>, path: string): Promise<Holder[]> {
  const { stdout } = await transport.run(['sh', '-c', SCRIPT, 'sh', path], { timeoutMs: 30_000 });
  const words = stdout.toString('utf8').split('\0').slice(0, -1);
  return words.flatMap((word, index) =>
    index % 2 === 0 ? [{ pid: Number(word), command: words[index + 1] ?? '' }] : [],
  );
}
