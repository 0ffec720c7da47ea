import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escaped } from './lib/man-page.js';

/** Tables of the spec in the order of the page: how each is written, and its schema. */
const TABLES = [
  ['', (schema) => schema],
  ['[ssh.NAME]', ({ definitions }) => definitions['ssh-endpoint']],
  ['[volumes.NAME]', ({ definitions }) => definitions.volume],
  ['[volumes.NAME.mount]', ({ definitions }) => definitions.mount],
  ['[volumes.NAME.mount.encryption]', ({ definitions }) => definitions.encryption],
  ['[volumes.NAME.snapshots], [syncs.NAME.snapshots]', ({ definitions }) => definitions.snapshots],
  ['[volumes.NAME.snapshots.keep], [syncs.NAME.snapshots.keep]', ({ definitions }) => definitions.keep],
  ['[syncs.NAME]', ({ definitions }) => definitions.sync],
  ['filters: each of [syncs.NAME]', ({ definitions }) => definitions.filter],
  ['[syncs.NAME.rsync]', ({ definitions }) => definitions.rsync],
  ['[syncs.NAME.lvm]', ({ definitions }) => definitions.lvm],
  ['before, after, on-failure: each of them', ({ definitions }) => definitions.hook],
  ['[syncs.NAME.policy]', ({ definitions }) => definitions['sync-policy']],
  ['[policy]', ({ definitions }) => definitions.policy],
  ['max-delete, as a table', ({ definitions }) => definitions['max-delete']],
  ['[credentials]', ({ definitions }) => definitions.credentials],
];

const EXAMPLE = `version = 1

[volumes.laptop]
path = "~"

[volumes.usb]
path = "/media/ada/usb"
snapshots.mode = "hard-link"
snapshots.keep = { last = 3, daily = 7, weekly = 4 }

[syncs.documents]
source = "laptop:Documents"
destination = "usb:backups/documents"
max-age = "7d"`;

/**
 * The manual page of the spec, from the schema.
 *
 * @param {string} root folder of the repository
 * @returns {Promise<Record<string, string>>} text by path
 */
export async function generate(root) {
  const schema = JSON.parse(await readFile(join(root, 'schemas/spec.schema.json'), 'utf8'));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const page = [
    `.TH NBKP.TOML 5 "" "nbkp ${version}" "File Formats"`,
    `.SH NAME\nnbkp.toml \\- what nbkp backs up, where to, and how`,
    `.SH DESCRIPTION\nThe spec of\n.BR nbkp (1),\nin TOML 1.0. ${escaped('`nbkp spec validate` checks it, `nbkp spec show` shows what it means.')}`,
    ...TABLES.map(([title, of]) => section(title, of(schema), schema)),
    `.SH EXAMPLE\n.nf\n${lines(EXAMPLE)}\n.fi`,
    '.SH SEE ALSO\n.BR nbkp (1),\n.BR rsync (1)\n',
  ].join('\n');
  return { 'man/nbkp.toml.5': page };
}

function section(title, table, schema) {
  const heading = title === '' ? '.SH KEYS' : `.SH ${escaped(title)}`;
  const about = table.description === undefined || title === '' ? [] : [escaped(table.description)];
  const keys = Object.entries(table.properties ?? {}).map(([key, property]) => keyText(key, property, schema));
  return [heading, ...about, ...keys].join('\n');
}

function keyText(key, property, { definitions }) {
  const named = definitions[property.$ref?.split('/').at(-1)] ?? {};
  const about = [property.description ?? named.description, expected({ ...named, ...property })];
  return `.TP\n.B ${escaped(key)}\n${about
    .filter((text) => text)
    .map(escaped)
    .join('\n')}`;
}

/** What may be written there, where the schema says it in words or as a list. */
function expected(property) {
  if (property.enum !== undefined) return `One of ${property.enum.map((value) => JSON.stringify(value)).join(', ')}.`;
  const words = property['x-expected'];
  return words === undefined ? '' : `${words[0].toUpperCase()}${words.slice(1)}.`;
}

function lines(text) {
  return text
    .split('\n')
    .map((line) => (line === '' ? '\\&' : escaped(line)))
    .join('\n');
}
