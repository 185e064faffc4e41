// `npm run start:services`: the distributed shape on one machine. The same command, with every service its own process.
process.argv.push('--services');
await import('./start.mjs');
