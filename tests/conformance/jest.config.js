import { availableParallelism } from 'node:os';
import shared from '../../jest.config.js';

/** Like the root's tests, on the same PostgreSQL; only the files differ, and where shared packages are looked up. */
export default {
  ...shared,
  rootDir: '../..',
  testMatch: ['<rootDir>/tests/conformance/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
  resolver: '<rootDir>/tests/conformance/resolver.cjs',
  maxWorkers: Math.min(2, availableParallelism()),
};
