import { readFileSync } from 'node:fs';

/**
 * An esbuild plugin that says of each entry of the catalogue of findings that to make it does nothing else, so that a bundle has only
 * those that it uses. esbuild does not see that across files by itself.
 *
 * @type {import('esbuild').Plugin}
 */
export const pureEntries = {
  name: 'pure-entries',
  setup(build) {
    build.onLoad({ filter: /[\\/]planner[\\/]model[\\/]findings[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(ENTRY, '$1/* @__PURE__ */ '),
      loader: 'ts',
    }));
  },
};

const ENTRY = /^(export const \w+ =\s+)(?=(?:error|guard|warning|info)\()/gm;
