// Traces in the sources' own lines. For our code only: the maps of all packages are kept in memory as well (13 MB a process).
const { setSourceMapsSupport } = require('node:module');

// Older versions of Node know all or nothing.
if (setSourceMapsSupport === undefined) process.setSourceMapsEnabled(true);
else setSourceMapsSupport(true, { nodeModules: false });
