import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CATALOGUE, readCatalogue } from '../build/catalogue.js';

const PAGE = 'docs/findings.md';
const BEGIN = `<!-- From here on made from the catalogue, ${CATALOGUE}/, by \`npm run generate\`. -->`;

/**
 * The page of all findings, made from their catalogue.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const [before] = (await readFile(join(root, PAGE), 'utf8')).split(BEGIN);
  return { [PAGE]: `${[before.trimEnd(), BEGIN, ...readCatalogue().map(subjectText)].join('\n\n')}\n` };
}

/** A code with several texts has one heading, and a line for each. */
function subjectText({ head, entries }) {
  const codes = [...new Set(entries.map(({ code }) => code))];
  return [`#${head}`, ...codes.map((code) => codeText(entries.filter((entry) => entry.code === code)))].join('\n\n');
}

function codeText(entries) {
  const lines = entries.map(({ severity, text }) => `${SEVERITY[severity]} ${text.replace(/ ?Fix: /, ' **Fix:** ')}`);
  return [`### \`${entries[0].code}\``, ...lines].join('\n\n');
}

const SEVERITY = { error: 'Error.', guard: 'Guard.', warning: 'Warning.', info: 'Info.' };
