import tseslint from 'typescript-eslint';

const SIZES = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60 }],
};

export default tseslint.config(
  // The template is a project of its own: test/package/plugins.test.ts compiles and tests it.
  { ignores: ['**/dist/', '.cache/', '**/generated/', 'template/'] },
  // A rule that does not fit is changed here, for everybody, and not switched off where it complains.
  { linterOptions: { noInlineConfig: true }, rules: { 'no-warning-comments': 'error', ...SIZES } },
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      // A property that is taken out of an object has to be named.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // Packages fill it.
      '@typescript-eslint/no-empty-object-type': ['error', { allowWithName: '^PluginNames$' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: { 'no-console': 'error', 'no-duplicate-imports': 'error' },
  },
  {
    // What its imports cannot show: the planner knows only what it is given.
    files: ['src/planner/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'process', 'performance', 'setTimeout', 'setInterval', 'fetch', 'crypto'],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the time from the facts.' },
        { object: 'Math', property: 'random', message: 'The same spec and facts make the same plan.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the time from the facts.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'packages/*/test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // The matchers of vitest, such as `expect.any`, have the type any.
      '@typescript-eslint/no-unsafe-assignment': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs'],
    extends: [...tseslint.configs.strict],
    rules: { '@typescript-eslint/no-require-imports': 'off', eqeqeq: ['error', 'always', { null: 'ignore' }] },
  },
);
