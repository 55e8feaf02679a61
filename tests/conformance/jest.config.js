import { availableParallelism } from 'node:os';
import shared from '../../jest.config.js';

const { globalSetup, globalTeardown, reporters } = shared;

/** On the same PostgreSQL as the root's tests; in jest's own module system, which decides whose package is whose. */
export default {
  ...{ globalSetup, globalTeardown, reporters },
  rootDir: '../..',
  testEnvironment: 'node',
  testMatch: ['<rootDir>/tests/conformance/*.test.ts'],
  modulePathIgnorePatterns: [
    '<rootDir>/dist/',
    '<rootDir>/.weir/',
    '<rootDir>/.tests/',
    '<rootDir>/tests/conformance/dist/',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1.ts', '$1.js'] },
  transform: {
    '\\.ts$': [
      '<rootDir>/tests/conformance/node_modules/@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          // What TypeORM and type-graphql read.
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  resolver: '<rootDir>/tests/conformance/resolver.cjs',
  maxWorkers: Math.min(2, availableParallelism()),
  testTimeout: 60_000,
};
