import shared from '../../eslint.config.js';

/** The root's rules, with the types of this folder's packages. */
export default [
  ...shared,
  // Templates without a use are how Relay is given its documents; codegen's test compiles its own.
  { ignores: ['dist/', 'relay/', 'codegen/'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
];
