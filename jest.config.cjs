/**
 * Three projects, fast ones first: `unit` (pure, no I/O), `wire` (sockets, the embedded database, child
 * processes) and `browser` (Debian's Chromium; left out with a plain word where there is none).
 */
const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};

module.exports = {
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['\\.(wire|browser)\\.test\\.ts$'],
    },
    {
      ...common,
      displayName: 'wire',
      testMatch: ['<rootDir>/test/**/*.wire.test.ts'],
    },
    { ...common, displayName: 'browser', testMatch: ['<rootDir>/test/**/*.browser.test.ts'] },
  ],
  // Generous: a busy machine may be slow, a broken product is found by its condition, not by its speed.
  testTimeout: 120_000,
};
