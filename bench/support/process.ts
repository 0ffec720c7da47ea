import { spawn, type ChildProcess } from 'node:child_process';

export interface Ended {
  code: number | null;
  stdout: string;
  /** Milliseconds from before its start until it had ended and all it wrote was read. */
  ms: number;
}

export interface Options {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Exit codes that are no failure; 0 by default. */
  codes?: readonly number[];
  /** Throws away what it writes to standard output, so that reading it costs nothing. */
  quiet?: boolean;
}

const running = new Set<ChildProcess>();

/** Ends what was started and has not ended. */
export function endProcesses(): void {
  for (const child of running) child.kill('SIGTERM');
}

/** Runs a process to its end. A failure is an error: what failed was not measured. */
export async function run(argv: readonly string[], options: Options = {}): Promise<Ended> {
  const [program = '', ...args] = argv;
  const start = performance.now();
  const child = spawn(program, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: options.env ?? plainEnvironment(),
    stdio: ['ignore', options.quiet === true ? 'ignore' : 'pipe', 'pipe'],
  });
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-4000)));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const ms = performance.now() - start;
  running.delete(child);
  if ((options.codes ?? [0]).some((allowed) => allowed === code)) return { code, stdout, ms };
  throw new Error(`${argv.join(' ')} ended with ${code ?? 'a signal'}:\n${stderr}${stdout.slice(-2000)}`);
}

/** Without what makes Node slower to start or behave otherwise: NODE_EXTRA_CA_CERTS alone costs it 80 ms. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, LC_ALL: 'C', ...more };
}
