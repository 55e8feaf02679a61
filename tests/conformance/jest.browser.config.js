import shared from './jest.config.js';

/** The suites that need a Chromium; run.js names it. */
export default { ...shared, testMatch: ['<rootDir>/tests/conformance/*.browser.ts'] };
