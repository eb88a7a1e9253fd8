/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.(t|j)s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(eld|openid-client|oauth4webapi|jose|@opentelemetry/otlp-exporter-base)/)',
  ],
  moduleNameMapper: { '^eld/(\\w+)$': '<rootDir>/node_modules/eld/src/entries/static.$1.js' },
  testTimeout: 20_000,
  maxWorkers: 2,
  // A worker keeps what its files have loaded: the library in twelve languages, again and again.
  workerIdleMemoryLimit: '1.5GB',
};
