// From commit to consumer. One process publishes, `mode` says who hears: the same process, or another one.
// Parent's messages: {publish: n, perSecond}; ours: {type: 'ready'}, {type: 'sent', times}, {type: 'heard', times}.
require('reflect-metadata');
const { defineEvent } = require('@autobroker/contracts');
const { uuidv7 } = require('@autobroker/kernel');
const { createApp, defineService } = require('@autobroker/platform/app');
const { databaseOf, platformTables } = require('@autobroker/platform/database');
const { EventConsumer, defineConsumer } = require('@autobroker/platform/messaging');
const { Module } = require('@nestjs/common');
const { z } = require('zod');

const service = 'vehicle';
const probed = defineEvent({
  type: 'bench.probed.v1',
  service,
  summary: 'A benchmark committed something.',
  data: z.strictObject({ number: z.int() }),
  fixture: { number: 1 },
});

const now = () => Number(process.hrtime.bigint()) / 1e6;
const heard = [];

class Probe {
  async handle(event) {
    heard.push([event.data.number, now()]);
  }
}
if (process.env.BENCH_HEARS === 'true') EventConsumer(defineConsumer({ name: `${service}.bench-probe`, on: [probed], startFrom: 'now' }))(Probe);

class ProbeModule {}
Module({ providers: process.env.BENCH_HEARS === 'true' ? [Probe] : [] })(ProbeModule);

const main = async () => {
  const app = await createApp({
    name: 'bench-probe',
    services: [defineService({ name: service, module: ProbeModule, entities: [], migrations: platformTables(service), routes: [] })],
  });
  await app.startWork();
  const database = app.get(databaseOf(service));
  process.on('message', async ({ publish, perSecond }) => {
    const sent = [];
    const began = now();
    for (let number = 0; number < publish; number += 1) {
      const wait = began + (number * 1000) / perSecond - now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      await database.transaction(async (tx) => {
        await tx.publish(probed, { key: uuidv7(), tenantId: null, data: { number } });
      });
      sent.push([number, now()]);
    }
    process.send({ type: 'sent', times: sent });
  });
  setInterval(() => (heard.length > 0 ? process.send({ type: 'heard', times: heard.splice(0) }) : undefined), 50);
  process.once('SIGTERM', () => app.close().then(() => process.exit(0)));
  process.once('disconnect', () => process.exit(0));
  process.send({ type: 'ready' });
};
void main();
