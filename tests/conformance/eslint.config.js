import shared from '../../eslint.config.js';

/** The root's rules, with the types of this folder's packages. */
export default [
  ...shared,
  // Templates without a use are how Relay is given its documents.
  { ignores: ['dist/', 'relay/'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
];
