// Loaded into a server before anything else: says what its memory is made of when the benchmark asks, and, when it is told
// to, what is left of it after everything that nobody needs was collected.
const { isMainThread } = require('node:worker_threads');
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');

if (isMainThread && process.send !== undefined) {
  process.on('message', (message) => {
    if (message?.type !== 'memory') return;
    if (message.collect) {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc');
      collect();
      collect();
    }
    process.send({ type: 'memory', usage: process.memoryUsage() });
  });
}
