import { availableParallelism } from 'node:os';

/** Tests run as ES modules, compiled by swc with the decorator metadata that TypeORM and type-graphql read. */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/**/*.test.ts'],
  // These bring packages of their own: npm run conformance.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/tests/conformance/'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.weir/', '<rootDir>/tests/conformance/dist/'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
  reporters: ['default', '<rootDir>/tests/support/closing-line.js'],
  maxWorkers: Math.min(4, availableParallelism()),
  testTimeout: 30_000,
};
