// Loaded into a product whose memory is measured: on SIGUSR2 it collects its garbage and writes a line with the bytes that it still holds.
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
process.on('SIGUSR2', () => {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  process.stdout.write(`bytes held: ${heapUsed + external}\n`);
});
