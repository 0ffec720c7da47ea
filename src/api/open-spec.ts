import { resolve } from 'node:path';
import { version } from '../../package.json';
import { newerState } from '../store/state-format.ts';
import { refuseNonText } from './text-paths.ts';
import { stateDirectory } from '../store/state-directory.ts';
import { failure, success, type Result } from '../planner/model/result.ts';
import { handles } from './handles.ts';
import { pluginHost } from './plugin-host.ts';
import type { Surroundings } from './surroundings.ts';
import { openWorkspace, readSpecAndPlugins, workspaceOf, type SpecUse, type Workspace } from './workspace.ts';

export interface OpenOptions {
  /** The path of a spec. Either this or `text`. */
  file?: string;
  /** A spec that is in no file. */
  text?: string;
  /** What spec, SSH and rsync may know of the environment: PATH, HOME and SSH_AUTH_SOCK at least. Default: nothing. */
  env?: Readonly<Record<string, string | undefined>>;
  /** What relative paths begin at. Default: `/`. */
  cwd?: string;
  /** Where nbkp keeps what it remembers of runs. Default: by `env`, as for the command. */
  stateDir?: string;
  /**
   * Executors of packages that the spec names: `trusted` loads those that `nbkp plugins` has installed, linked or trusted, and
   * runs their code in this process. Default: `none`, and such a spec is refused.
   */
  plugins?: 'trusted' | 'none';
  /** Asked for each passphrase before the provider of the spec is. Null: it does not know that one. */
  secret?: (id: string) => Promise<string | null>;
  /** Milliseconds since 1970. Default: the clock of the machine. */
  now?: () => number;
  /** Who runs this, as `nbkp history` shows it. Default: `nbkp (library)`. */
  program?: string;
  /** When it aborts, the handle is closed, as by `close`. */
  signal?: AbortSignal;
}

/** A spec that is open. Close it when done: it holds connections to servers. Several may be open at once. */
export interface Nbkp extends AsyncDisposable {
  /** The spec, and its digest. */
  readonly spec: { path: string; digest: string };
  close(): Promise<void>;
}

/**
 * Reads and checks a spec. A file that others can change is refused, as for `nbkp run`.
 *
 * @returns findings of the spec, also of one that is good
 */
export async function openSpec(options: OpenOptions): Promise<Result<Nbkp>> {
  const { file, text, program = 'nbkp (library)', signal } = options;
  if ((file === undefined) === (text === undefined)) throw new TypeError('openSpec takes either file or text');
  const closers: (() => Promise<void>)[] = [];
  const around = surroundings(options, closers);
  const { cwd = '/' } = options;
  const found = await open(around, { file, text, cwd, use: 'run' });
  if (!found.ok) return found;
  const { path, digest } = found.value.spec;
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    signal?.removeEventListener('abort', abort);
    handles.delete(nbkp);
    await Promise.all(closers.splice(0).map((each) => each()));
  };
  const abort = (): void => void close();
  const nbkp: Nbkp = { spec: { path, digest }, close, [Symbol.asyncDispose]: close };
  handles.set(nbkp, { workspace: found.value, program, around, cwd, closing: closing.signal });
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted === true) await close();
  return success(nbkp, found.findings);
}

interface Named {
  file: string | undefined;
  text: string | undefined;
  cwd: string;
  use: SpecUse;
}

async function open(around: Surroundings, { file, text = '', cwd, use }: Named): Promise<Result<Workspace>> {
  refuseNonText(file === undefined ? [] : [file], {}, cwd);
  if (file !== undefined) return openWorkspace(around, { path: resolve(cwd, file), found: false }, use);
  const newer = newerState(around.state);
  if (newer !== null) return failure(newer);
  const read = await readSpecAndPlugins(around, text, resolve(cwd, 'nbkp.toml'), use);
  return read.ok ? success({ ...workspaceOf(around, read.value), fromText: true }, read.findings) : read;
}

function surroundings(
  { env = {}, stateDir, secret, now, plugins = 'none' }: OpenOptions,
  closers: (() => Promise<void>)[],
): Surroundings {
  refuseNonText(stateDir === undefined ? [] : [stateDir], env, '');
  const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  return {
    version,
    env,
    user,
    state: stateDir ?? stateDirectory(env, user.uid),
    now: now ?? Date.now,
    asking: { terminal: () => null, ...(secret === undefined ? {} : { secret }) },
    plugins: plugins === 'trusted' ? pluginHost(env) : null,
    atEnd: (close) => void closers.push(close),
  };
}
