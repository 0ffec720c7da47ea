// Reads the catalogue of findings, whose entries hold in their comments what a person wants to know of each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { ROOT } from './bundle.js';

export const CATALOGUE = 'src/planner/model/findings';

/** The subjects in their order: `{ name, head, entries }`, each entry as `{ name, code, severity, text }`. */
export function readCatalogue() {
  const list = readFileSync(join(ROOT, CATALOGUE, 'subjects.ts'), 'utf8');
  return [...list.matchAll(/^export \* as (\S+) from '\.\/(\S+)';$/gm)].map(([, name, file]) => ({
    name,
    ...readSubject(file),
  }));
}

/** The type of all codes, for declarations that say it without the entries; for packages any other text is one of theirs. */
export function codesDeclaration() {
  const codes = new Set(readCatalogue().flatMap(({ entries }) => entries.map(({ code }) => code)));
  return `export type FindingCode =\n  | ${[...codes].map((code) => `'${code}'`).join('\n  | ')}\n  | (string & {});\n`;
}

function readSubject(file) {
  const text = readFileSync(join(ROOT, CATALOGUE, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const head = /^\/\*\n([\s\S]*?)\n \*\//.exec(text)?.[1].replace(/^ \* ?/gm, '') ?? '';
  if (!head.startsWith('# ')) throw new Error(`${file} does not begin with a comment that has its heading, # SUBJECT`);
  return { head, entries: source.statements.flatMap((statement) => entryOf(file, statement)) };
}

/** Of a statement `export const NAME = SEVERITY('CODE', …)`; others are helpers. */
function entryOf(file, statement) {
  if (!ts.isVariableStatement(statement)) return [];
  const [{ name, initializer }] = statement.declarationList.declarations;
  if (!ts.isCallExpression(initializer)) return [];
  const [comment] = ts.getJSDocCommentsAndTags(statement);
  const text = ts.getTextOfJSDocComment(comment?.comment)?.replaceAll('\n', ' ');
  if (!text) throw new Error(`${file}: ${name.text} has no comment that says its cause, and after "Fix:" what to do`);
  return [{ name: name.text, code: initializer.arguments[0].text, severity: initializer.expression.text, text }];
}
