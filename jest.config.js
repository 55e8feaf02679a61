import { availableParallelism } from 'node:os';

/** Runs what scripts/build-tests.js compiled, as plain modules of Node: a worker shares them between its files. */
export default {
  runner: 'jest-light-runner',
  testMatch: ['<rootDir>/.tests/**/*.test.js'],
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.weir/', '<rootDir>/tests/'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/tests/support/global-setup.js',
  globalTeardown: '<rootDir>/tests/support/global-teardown.js',
  reporters: ['default', '<rootDir>/tests/support/closing-line.js'],
  maxWorkers: Math.min(4, availableParallelism()),
  testTimeout: 60_000,
};
