/** Prints a table in Markdown, its columns aligned. */
export function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, column) => (cells[column] ?? '').padEnd(width)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  console.log(['', `## ${title}`, '', line(head), rule, ...rows.map(line)].join('\n'));
}

/** What a number is compared with, and whether it holds. */
export function target(value: number, limit: number): string {
  return `≤ ${limit}: ${value <= limit ? 'met' : 'MISSED'}`;
}

/** Something is not there, so that something is not measured. Nobody may take the one for the other. */
export function missing(what: string, effect: string): void {
  console.log(`\nMISSING: ${what}: ${effect}`);
}

export function progress(text: string): void {
  process.stderr.write(`… ${text}\n`);
}
