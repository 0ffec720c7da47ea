import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from '../build/bundle.js';
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
  const examples = await loadExamples();
  const subjects = readCatalogue().map((subject) => subjectText(subject, examples[subject.name]));
  return { [PAGE]: `${[before.trimEnd(), BEGIN, ...subjects].join('\n\n')}\n` };
}

/** What each entry says of its example: by the names of the subject and of the entry. */
async function loadExamples() {
  const { text } = await bundle('scripts/generate/lib/examples.ts', { format: 'esm' });
  const { EXAMPLES } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  return EXAMPLES;
}

/** A code with several texts has one heading, and a line and an example for each. */
function subjectText({ head, entries }, examples) {
  const codes = [...new Set(entries.map(({ code }) => code))];
  const texts = codes.map((code) => {
    const own = entries.filter((entry) => entry.code === code);
    return [`### \`${code}\``, ...own.map((entry) => entryText(entry, examples[entry.name]))].join('\n\n');
  });
  return [`#${head}`, ...texts].join('\n\n');
}

function entryText({ severity, text }, { message, help }) {
  const said = help === undefined ? message : `${message}\nhelp: ${help}`;
  return `${SEVERITY[severity]} ${text.replace(/ ?Fix: /, ' **Fix:** ')}\n\n\`\`\`text\n${said}\n\`\`\``;
}

const SEVERITY = { error: 'Error.', guard: 'Guard.', warning: 'Warning.', info: 'Info.' };
