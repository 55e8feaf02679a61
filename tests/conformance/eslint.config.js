import shared from '../../eslint.config.js';

/** The root's rules, with the types of this folder's packages. */
export default [
  ...shared,
  { ignores: ['dist/'] },
  {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
];
