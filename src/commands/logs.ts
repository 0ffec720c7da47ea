import { stripVTControlCharacters } from 'node:util';
import { localTransport } from '../hosts/transport/local.ts';
import { isLogLine, logLines } from '../reporters/log.ts';
import { append, openForAppending } from '../store/appended-file.ts';
import { systemError } from '../planner/model/system-error.ts';
import { atEnd } from './at-end.ts';
import type { Manner } from './manner.ts';
import { UsageError } from '../api/usage-error.ts';

type Write = (text: string) => void;

/**
 * Where what a command says is kept besides the terminal.
 *
 * @param aside says that a log cannot be written any more
 * @throws UsageError when the file cannot be used
 */
export function openLogs({ logFile, syslog }: Pick<Manner, 'logFile' | 'syslog'>, aside: Write): Write {
  const targets = [...(logFile === null ? [] : [fileLog(logFile, aside)]), ...(syslog ? [systemLog(aside)] : [])];
  return (text) => {
    const lines = stripVTControlCharacters(text)
      .split('\n')
      .filter((line) => line.trim() !== '');
    for (const write of targets) if (lines.length > 0) write(lines);
  };
}

type Target = (lines: readonly string[]) => void;

function fileLog(path: string, aside: Write): Target {
  const opened = openForAppending(path, isLogLine);
  if (typeof opened === 'string') {
    throw new UsageError(`--log-file names ${path}, which cannot be written to: ${opened}.`, 'Name a new file.');
  }
  let isBroken = false;
  return (lines) => {
    if (isBroken) return;
    try {
      append(opened, logLines(lines, new Date().toISOString()));
    } catch (error) {
      isBroken = true;
      aside(`The log in ${path} ends here: ${systemError(error).text}.\n`);
    }
  };
}

/** By logger(1), one after the other: while one is at work, what is said is collected for the next. */
function systemLog(aside: Write): Target {
  const local = localTransport();
  const argv = ['logger', '--tag', 'nbkp', `--id=${process.pid}`, '--priority', 'user.info'];
  let pending: string[] = [];
  let work: Promise<void> | null = null;
  const pump = async (): Promise<void> => {
    while (pending.length > 0) {
      const stdin = `${pending.join('\n')}\n`;
      pending = [];
      const { code, error, stderr } = await local.run(argv, { stdin });
      if (code === 0) continue;
      aside(`The system's log cannot be written to: ${error ?? stderr.at(-1) ?? `logger ended with ${code}`}.\n`);
      return;
    }
    work = null;
  };
  atEnd(async () => {
    await work;
  });
  return (lines) => {
    pending.push(...lines);
    work ??= pump();
  };
}
