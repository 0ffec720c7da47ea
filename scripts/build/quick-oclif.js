import { readFileSync } from 'node:fs';

/** What TypeScript makes of an import when it writes CommonJS. */
const REQUIRE = /^(?:const|var) (\w+) = (?:(__importDefault|__importStar)\()?require\("([^"]+)"\)\)?;$/gm;

/** Expressions that cost a short run more than they give it, or do not work in one, by file below @oclif/core/lib. */
const REPLACEMENTS = {
  // Loads the collation tables of ICU: 7 ms.
  'config/plugin.js': ['a.id.localeCompare(b.id)', '(a.id < b.id ? -1 : 1)'],
  // nbkp is not for Windows; asking whether it is there anyway costs 3 ms.
  'util/os.js': ["(await import('wsl-utils')).isWsl ? 'wsl' : (0, node_os_1.platform)()", '(0, node_os_1.platform)()'],
  // Three small files: waiting for another thread to read them, and loading what can, costs 3 ms. bin/run.js knows where
  // those of nbkp are.
  'util/fs.js': [
    "await (0, promises_1.readFile)(path, 'utf8')",
    "(typeof readOwn === 'undefined' ? (file) => (0, node_fs_1.readFileSync)(file, 'utf8') : readOwn)(path)",
  ],
  // Code that came out of a cache cannot `import()`: bin/run.js does it, where it runs such code.
  'module-loader.js': [
    'import((0, node_url_1.pathToFileURL)(filePath).href)',
    "(typeof importModule === 'undefined' ? (url) => import(url) : importModule)((0, node_url_1.pathToFileURL)(filePath).href)",
  ],
  // Loads terminal support in order to write nothing: 1 ms.
  'logger.js': ['(0, debug_1.default)(namespace)', '(process.env.DEBUG ? (0, debug_1.default)(namespace) : () => {})'],
};

/**
 * An esbuild plugin that makes oclif start quickly: the table above, and the `require` calls at the head of its files
 * put off until what they return is used. oclif loads its help, its templates, its spinners and its file search for
 * every command, and few commands use any. It fails when oclif is no longer written in the way that it knows.
 */
export const quickOclif = {
  name: 'quick-oclif',
  setup(build) {
    const seen = new Set();
    build.onLoad({ filter: /[\\/]node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, ({ path }) => {
      const file = path.replace(/^.*[\\/]core[\\/]lib[\\/]/, '').replaceAll('\\', '/');
      seen.add(file);
      return { contents: makeLazy(replace(file, readFileSync(path, 'utf8'))), loader: 'js' };
    });
    build.onEnd(() => {
      const unseen = Object.keys(REPLACEMENTS).filter((file) => !seen.has(file));
      if (unseen.length > 0)
        throw new Error(`oclif has no ${unseen.join(', ')} any more: see scripts/build/quick-oclif.js.`);
    });
  },
};

function replace(file, source) {
  if (REPLACEMENTS[file] === undefined) return source;
  const [before, after] = REPLACEMENTS[file];
  if (!source.includes(before)) throw new Error(`oclif's ${file} has changed: see scripts/build/quick-oclif.js.`);
  return source.replaceAll(before, after);
}

function makeLazy(source) {
  const names = [];
  const declared = source.replace(REQUIRE, (_, name, interop, target) => {
    names.push(name);
    const value = interop === undefined ? `require("${target}")` : `${interop}(require("${target}"))`;
    return `let ${name}$value; const ${name}$ = () => (${name}$value ??= ${value});`;
  });
  if (names.length === 0 && /\brequire\("/.test(source)) throw new Error('oclif is compiled in another way now.');
  return names.reduce(useLazily, declared);
}

/** `new name.Class(` needs brackets, or it would be `new name$()`. */
function useLazily(source, name) {
  return source
    .replace(new RegExp(`\\bnew ${name}\\.(\\w+)`, 'g'), `new (${name}$().$1)`)
    .replace(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, 'g'), `${name}$()`);
}
