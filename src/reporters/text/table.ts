import { padEnd, padStart, textWidth, wrap } from './width.ts';

export interface TableLayout {
  /** Columns of the terminal. */
  width: number;
  indent: string;
  /** Indexes of columns with numbers, which end at the same place. */
  right?: readonly number[];
  /** The last cell is a name: every space of it counts, and it is not wrapped. */
  names?: boolean;
}

/**
 * Rows of cells as aligned lines, two spaces between columns. The last cell of a row is wrapped below itself; no
 * other is, so texts of any length belong there.
 */
export function table(
  rows: readonly (readonly string[])[],
  { width, indent, right = [], names = false }: TableLayout,
): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.slice(0, -1).forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(cell));
    });
  }
  return rows.flatMap((row) => {
    const cells = row.slice(0, -1).map((cell, column) => {
      const pad = right.includes(column) ? padStart : padEnd;
      return `${pad(cell, widths[column] ?? 0)}  `;
    });
    const first = indent + cells.join('');
    if (names) return [`${first}${row.at(-1) ?? ''}`];
    return wrap(row.at(-1) ?? '', width, first, ' '.repeat(textWidth(first)));
  });
}
