// Lets plain Node require the project's TypeScript: for programs that run beside the product without being built.
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const options = {
    filename,
    swcrc: false,
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
    module: { type: 'commonjs', ignoreDynamic: true },
  };
  module._compile(transformSync(readFileSync(filename, 'utf8'), options).code, filename);
};
