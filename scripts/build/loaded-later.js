/**
 * An esbuild plugin that leaves `import('./NAME.ts')` to Node, which loads `NAME.js` beside the bundle when it is called for.
 * It is a bundle of its own with a name that stays: a program that runs while nbkp is upgraded still finds it.
 *
 * @param {string} name
 * @returns {import('esbuild').Plugin}
 */
export function loadedLater(name) {
  return {
    name: 'loaded-later',
    setup(build) {
      const here = { path: `./${name}.js`, external: true };
      build.onResolve({ filter: new RegExp(`^\\./${name}\\.ts$`) }, ({ kind }) =>
        kind === 'dynamic-import' ? here : null,
      );
    },
  };
}
