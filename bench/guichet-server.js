// Guichet as `npm start` runs it, on a free port, with its CPU and memory readable by the bench.
const { start } = require('../dist/src/main.js');

start().then(({ address }) => process.send({ ready: address.port }));
process.on('message', () => process.send({ cpu: process.cpuUsage(), rss: process.memoryUsage().rss }));
