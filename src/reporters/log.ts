/** Lines of a log file, each with its time. */
export function logLines(lines: readonly string[], at: string): string {
  return lines.map((line) => `${at} ${line}\n`).join('');
}

/** Whether a line is one of these: what holds something else is not written to. */
export function isLogLine(line: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z \S/.test(line);
}
