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

/** A text that is wrapped in fewer columns is hard to read. */
const LEAST = 20;

/**
 * Rows of cells as aligned lines, two spaces between columns. The last cell of a row is wrapped below itself, or below the
 * others where a terminal is too narrow for that; no other is, so texts of any length belong there.
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
  const firsts = rows.map((row) => {
    const cells = row.slice(0, -1).map((cell, column) => {
      const pad = right.includes(column) ? padStart : padEnd;
      return `${pad(cell, widths[column] ?? 0)}  `;
    });
    return indent + cells.join('');
  });
  const isNarrow = rows.some((row, index) => {
    const room = width - textWidth(firsts[index] ?? '');
    return room < LEAST && textWidth(row.at(-1) ?? '') > room;
  });
  return rows.flatMap((row, index) => {
    const [first, last] = [firsts[index] ?? '', row.at(-1) ?? ''];
    if (names) return [`${first}${last}`];
    if (!isNarrow) return wrap(last, width, first, ' '.repeat(textWidth(first)));
    const below = `${indent}    `;
    return [first.trimEnd(), ...(last === '' ? [] : wrap(last, width, below, below))];
  });
}
