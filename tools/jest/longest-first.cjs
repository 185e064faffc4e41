const { relative } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

const root = `${__dirname}/../..`;

/**
 * The files that take longest, in this order. With several workers a long one that begins last leaves the others idle at
 * the end; a file that is missing here costs at most that. Nothing else depends on the order.
 */
const longest = [
  // Collects garbage again and again, which is quick only in a worker that holds little as yet.
  'libs/domains/scraper/src/application/memory.db.spec.ts',
  'libs/platform/src/messaging/postgres.contract.spec.ts',
  'apps/platform/src/price-query.db.spec.ts',
  'libs/domains/scraper/src/application/schedules.db.spec.ts',
  'libs/domains/order/src/api/sale.db.spec.ts',
  'tools/generators/domain/domain.spec.cjs',
  'tools/model/sale.spec.ts',
  'libs/domains/pricing/src/infrastructure/market/comparables.db.spec.ts',
  'libs/domains/pricing/src/domain/opportunity/market-judge.spec.ts',
  'libs/domains/scraper/src/api/sandbox.db.spec.ts',
  'libs/domains/payment/src/api/payments.db.spec.ts',
  'libs/domains/scraper/src/application/runs.db.spec.ts',
  'libs/domains/pricing/src/api/opportunities-market.db.spec.ts',
  'libs/domains/scraper/src/application/check-listings.db.spec.ts',
  'libs/domains/documents/src/api/templates.db.spec.ts',
  'libs/domains/pricing/src/infrastructure/vendors/vendors.db.spec.ts',
  'libs/platform/src/app/process.db.spec.ts',
  'tools/engines/postgres.spec.mjs',
];

/** The same order on every machine, whatever an earlier run took. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const weighed = tests.map((test) => {
      const path = relative(root, test.path).replaceAll('\\', '/');
      const place = longest.indexOf(path);
      return { test, path, place: place === -1 ? longest.length : place, size: test.context.hasteFS.getSize(test.path) ?? 0 };
    });
    weighed.sort((a, b) => a.place - b.place || b.size - a.size || (a.path < b.path ? -1 : 1));
    return weighed.map(({ test }) => test);
  }
};
