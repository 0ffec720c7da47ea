import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from '../build/bundle.js';

const TABLE = 'src/planner/file-systems/table.ts';
const PAGE = 'docs/file-systems.md';
const BEGIN = `<!-- From here to the next such line made from ${TABLE}, by \`npm run generate\`. -->`;
const END = '<!-- Up to here. -->';

/** The columns of the two tables: heading, and what a file system has there. */
const HOLDS = [
  ['owners', ({ owners }) => yes(owners)],
  ['modes', ({ modes }) => yes(modes)],
  ['links', ({ links }) => yes(links)],
  ['devices, pipes', ({ specials }) => yes(specials)],
  ['hard links', linksText],
  ['xattrs', ({ xattrs, onlyUserXattrs }) => (onlyUserXattrs ? '`user.…`' : yes(xattrs))],
  ['ACLs', ({ acls }) => yes(acls)],
  ['holes', ({ holes }) => yes(holes)],
  ['reflinks', ({ reflinks }) => yes(reflinks)],
];
const LIMITS = [
  ['README and Readme', ({ foldsCase }) => (foldsCase ? 'one file' : 'two files')],
  ['steps of time', ({ times }) => stepText(times.step)],
  ['years', ({ times }) => `${yearText(times.from)} to ${yearText(times.to)}`],
  ['`--modify-window`', ({ times }) => (times.window === 0 ? '' : String(times.window))],
  [
    'largest file',
    ({ largestFile }) => (largestFile === null ? 'any' : `${(largestFile + 1) / 1024 ** 3} GiB less a byte`),
  ],
  ['names', ({ names }) => namesText(names)],
];

/**
 * The tables of the page about file systems.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const { text } = await bundle(TABLE, { format: 'esm' });
  const { FILE_SYSTEMS } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const page = await readFile(join(root, PAGE), 'utf8');
  const [before] = page.split(BEGIN);
  const [, after] = page.split(END);
  const tables = [HOLDS, [...LIMITS, ['how that is known', ({ known }) => KNOWN[known]]]];
  const parts = tables.map((columns) => tableText(Object.entries(FILE_SYSTEMS), columns));
  return { [PAGE]: `${before}${BEGIN}\n\n${parts.join('\n\n')}\n\n${END}${after}` };
}

function linksText({ hardLinks, hidesHardLinks }) {
  if (hidesHardLinks) return 'not shown';
  return hardLinks === 1 ? '–' : hardLinks === null ? 'any number' : number(hardLinks);
}

function tableText(rows, columns) {
  const cells = [
    ['driver', ...columns.map(([head]) => head)],
    ...rows.map(([driver, system]) => [`\`${driver}\``, ...columns.map(([, cell]) => cell(system))]),
  ];
  const widths = cells[0].map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const lines = cells.map((row) => `| ${row.map((cell, index) => cell.padEnd(widths[index])).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}

const KNOWN = { measured: 'measured', sources: 'kernel sources' };

function yes(holds) {
  return holds ? 'yes' : '–';
}

function number(value) {
  return value.toLocaleString('en-US');
}

function stepText(nanoseconds) {
  for (const [unit, size] of [
    ['s', 1e9],
    ['ms', 1e6],
  ]) {
    if (nanoseconds >= size) return `${nanoseconds / size} ${unit}`;
  }
  return `${nanoseconds} ns`;
}

function yearText(seconds) {
  const year = new Date(seconds * 1000).getUTCFullYear();
  return year < 0 || year > 9999 ? '…' : String(year);
}

function namesText({ forbidden, control, trailing, text, length, unit }) {
  const none = [
    ...(forbidden === '' ? [] : [...forbidden].map((character) => `\`${character.replace('|', '\\|')}\``)),
    ...(control ? ['control characters'] : []),
    ...(trailing === '' ? [] : ['a dot or blank at the end']),
    ...(text ? ['bytes that are no UTF-8'] : []),
  ];
  const limit = unit === 'bytes' ? `${length} bytes` : `${length} characters`;
  return none.length === 0 ? limit : `${limit}; not ${none.join(' ')}`;
}
