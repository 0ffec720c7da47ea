import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';
import { ROOT } from './bundle.js';
import { CATALOGUE, codesDeclaration } from './catalogue.js';

/** Declarations need no types of other files: what is exported says its own. */
const OPTIONS = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext, isolatedDeclarations: true };

/**
 * Declarations of TypeScript files and of all that their types are made of.
 *
 * @param {string[]} entries paths below `src/`
 * @returns {Map<string, string>} text by path below `src/`, such as `testkit/index.d.ts`
 * @throws where an exported value does not say its type, with the place
 */
export function declarations(entries) {
  const texts = new Map();
  const waiting = entries.map((entry) => join(ROOT, 'src', entry));
  for (const file of waiting) {
    const { text, imports } = declarationOf(file);
    texts.set(relative(join(ROOT, 'src'), file).replace(/\.ts$/, '.d.ts'), text);
    waiting.push(...imports.filter((each) => !waiting.includes(each)));
  }
  return texts;
}

/** The catalogue, whose type is the codes of its entries. */
const CODES = join(ROOT, CATALOGUE, 'index.ts');

function declarationOf(file) {
  if (file === CODES) return { text: codesDeclaration(), imports: [] };
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(file, 'utf8'), {
    compilerOptions: OPTIONS,
    fileName: file,
    reportDiagnostics: true,
  });
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, HOST));
  const named = ts.preProcessFile(outputText).importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
  const imports = named.map(({ fileName }) => join(dirname(file), fileName));
  // Node's rules want the name of the file that is run.
  return { text: outputText.replaceAll(/(from ['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'), imports };
}

const HOST = { getCurrentDirectory: () => ROOT, getCanonicalFileName: (name) => name, getNewLine: () => '\n' };
