import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      '.weir/',
      '.tests/',
      'coverage/',
      'src/dashboard/api/operations.ts',
      'tests/fixtures/',
      'tests/conformance/',
      'examples/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tests/tsconfig.json', './src/dashboard/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // An interface and a type alias are told apart by what they say, not by a rule.
      '@typescript-eslint/consistent-type-definitions': 'off',
      // noUncheckedIndexedAccess already makes people look; record['key'] is what it asks for.
      '@typescript-eslint/dot-notation': 'off',
      // `.catch((error: NodeJS.ErrnoException) => …)` says no less than a cast in its body would.
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'off',
      // `query<Row>(sql)` names what the caller expects of a driver that cannot know it.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'only src/config reads the environment' },
      ],
      'no-console': 'error',
    },
  },
  {
    files: ['src/dashboard/**/*.tsx'],
    ...reactHooks.configs.flat['recommended-latest'],
  },
  // Whether something is late depends on when one looks.
  { files: ['src/dashboard/**/*.tsx'], rules: { 'react-hooks/purity': 'off' } },
  // Commands answer on the console; everything else logs.
  { files: ['src/cli/**/*.ts', 'src/main.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['src/domain/**/*.ts'],
    rules: {
      // The domain knows no clock and no chance: both come in as arguments.
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'pass a seeded source of randomness' },
        { object: 'Date', property: 'now', message: 'pass the time as an argument' },
        { object: 'process', property: 'env', message: 'only src/config reads the environment' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'pass the time as an argument',
        },
      ],
    },
  },
  {
    // In a loop over numbers an index is known to be in range; a default would hide a mistake and cost time.
    files: [
      'src/domain/calendar/*.ts',
      'src/domain/forecast/*.ts',
      'src/domain/schedule/*.ts',
      'src/domain/adherence/*.ts',
    ],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    // Classes that only carry decorators, and their empty constructors, are how these frameworks are spoken to.
    files: ['src/schema/**/*.ts', 'src/resolvers/**/*.ts', 'src/persistence/**/*.ts'],
    rules: {
      '@typescript-eslint/no-extraneous-class': 'off',
      // Decorator metadata needs the class itself at run time, which this rule would import as a type only.
      '@typescript-eslint/consistent-type-imports': 'off',
      // Resolvers return plain objects that a class only describes, and rows are classes without behaviour.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      // A migration implements `down` even when there is nothing to wait for.
      '@typescript-eslint/require-await': 'off',
    },
  },
);
