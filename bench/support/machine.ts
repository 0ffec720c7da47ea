import { spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

const VERSIONS = [
  ['rsync', '--version'],
  ['rsnapshot', 'version'],
  ['btrbk', '--version'],
  ['hyperfine', '--version'],
] as const;

/** What the numbers depend on. */
export function describeMachine(): string {
  const [cpu] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  const load = loadavg()[0] ?? 0;
  const tools = VERSIONS.map(([program, flag]) => `${program}: ${firstLine(program, flag) ?? 'not installed'}`);
  return [
    `${cpus().length} × ${cpu?.model ?? '?'}, ${gib} GiB, Linux ${release()}, Node ${process.version}`,
    ...tools,
    `load ${load.toFixed(2)}${load > 1.5 ? ': TOO HIGH, something else is running and these numbers are worth little' : ''}`,
  ].join('\n');
}

export function isInstalled(program: string, flag = '--version'): boolean {
  return firstLine(program, flag) !== null;
}

function firstLine(program: string, flag: string): string | null {
  const { error, stdout } = spawnSync(program, [flag], { encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  return error === undefined ? (stdout.split('\n')[0] ?? '') : null;
}
