import { readFileSync } from 'node:fs';

/** What TypeScript makes of an import when it writes CommonJS. */
const REQUIRE = /^(?:const|var) (\w+) = (?:(__importDefault|__importStar)\()?require\("([^"]+)"\)\)?;$/gm;

/**
 * An esbuild plugin that puts off the `require` calls at the head of oclif's files until what they return is used.
 * oclif loads its help, its templates, its spinners and its file search for every command, and few commands use any.
 *
 * `count()` says how many calls were found: none would mean that oclif is compiled in another way now.
 */
export function lazyRequires() {
  let found = 0;
  return {
    count: () => found,
    plugin: {
      name: 'lazy-requires',
      setup(build) {
        build.onLoad({ filter: /[\\/]node_modules[\\/]@oclif[\\/]core[\\/]lib[\\/].*\.js$/ }, ({ path }) => {
          const { contents, count } = makeLazy(readFileSync(path, 'utf8'));
          found += count;
          return { contents, loader: 'js' };
        });
      },
    },
  };
}

function makeLazy(source) {
  const names = [];
  const declared = source.replace(REQUIRE, (_, name, interop, target) => {
    names.push(name);
    const value = interop === undefined ? `require("${target}")` : `${interop}(require("${target}"))`;
    return `let ${name}$value; const ${name}$ = () => (${name}$value ??= ${value});`;
  });
  const contents = names.reduce(useLazily, declared);
  return { contents, count: names.length };
}

/** `new name.Class(` needs brackets, or it would be `new name$()`. */
function useLazily(source, name) {
  return source
    .replace(new RegExp(`\\bnew ${name}\\.(\\w+)`, 'g'), `new (${name}$().$1)`)
    .replace(new RegExp(`(?<![\\w$.])${name}(?![\\w$])`, 'g'), `${name}$()`);
}
