import { readFileSync } from 'node:fs';
import { release } from 'node:os';
import type { DoctorDocument, Program } from '../../planner/model/doctor.ts';
import { codeOf } from '../../planner/model/system-error.ts';
import type { Transport } from '../transport/transport.ts';

const TIMEOUT_MS = 10_000;

/** The programs that nbkp starts on this machine, each with the command that tells its version. */
const PROGRAMS: readonly { argv: readonly [string, ...string[]]; use: string }[] = [
  { argv: ['rsync', '--version'], use: 'copies' },
  { argv: ['flock', '--version'], use: 'locks destinations' },
  { argv: ['ssh', '-V'], use: 'reaches servers' },
  { argv: ['findmnt', '--version'], use: 'tells what is mounted' },
  { argv: ['lsblk', '--version'], use: 'tells drives apart' },
  { argv: ['udisksctl', 'help'], use: 'opens and closes drives' },
  { argv: ['btrfs', '--version'], use: 'makes btrfs snapshots' },
  { argv: ['lvs', '--version'], use: 'tells logical volumes' },
  { argv: ['secret-tool', '--version'], use: 'reads the keyring' },
  { argv: ['systemctl', '--version'], use: 'runs schedules' },
];

/** A number with a point, and what belongs to it. Nothing else of what a program says is told: it may hold names. */
const VERSION = /(?:^|[^\d.])(\d+\.\d+[\w.+-]*|(?<=systemd )\d+)/;

/** Asks each program for its version. None of them uses the network for that. */
export function observePrograms(transport: Transport): Promise<Program[]> {
  return Promise.all(
    PROGRAMS.map(async ({ argv, use }) => {
      const { error, stdout, stderr } = await transport.run(argv, { timeoutMs: TIMEOUT_MS });
      if (error !== null) return { name: argv[0], version: null, use };
      const said = VERSION.exec([stdout.toString(), ...stderr].join('\n'));
      return { name: argv[0], version: said?.[1] ?? '', use };
    }),
  );
}

/** This machine and the Node that runs nbkp. */
export function observeSystem(): DoctorDocument['system'] {
  return { name: systemName(), kernel: release(), architecture: process.arch, node: process.version };
}

/** As os-release(5) says it, or else the kernel's name. */
function systemName(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(text)?.[1] ?? process.platform;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return process.platform;
  }
}
