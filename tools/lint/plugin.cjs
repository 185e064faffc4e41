'use strict';

/** The rules of the house as an ESLint plugin. Each has a spec beside it and a fixture in ./fixtures. */
module.exports = {
  meta: { name: 'autobroker' },
  rules: {
    'declared-routes': require('./rules/declared-routes.cjs'),
    'indexes-in-use': require('./rules/indexes-in-use.cjs'),
    'injected-values': require('./rules/injected-values.cjs'),
    layers: require('./rules/layers.cjs'),
    'no-foreign-schema': require('./rules/no-foreign-schema.cjs'),
    'no-import-cycles': require('./rules/no-import-cycles.cjs'),
    'no-wall-clock': require('./rules/no-wall-clock.cjs'),
    'package-boundaries': require('./rules/package-boundaries.cjs'),
    'spec-tier': require('./rules/spec-tier.cjs'),
  },
};
