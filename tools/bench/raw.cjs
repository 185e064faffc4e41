// The same SQL on the same pool size, in a bare Nest+Fastify application: what a read can cost at best.
require('reflect-metadata');
const { join } = require('node:path');
const { Controller, Get, Module, Req, Res } = require('@nestjs/common');
const { NestFactory } = require('@nestjs/core');
const { FastifyAdapter } = require('@nestjs/platform-fastify');
const { Pool } = require('pg');
const { collectSql, oneSql } = require(join(__dirname, '../../libs/domains/vehicle/dist/infrastructure/sql/vehicle-list.js'));

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.DATABASE_POOL ?? 20) });
const asking = { tenantId: process.env.BENCH_TENANT || null, currency: 'EUR' };
const one = oneSql('00000000-0000-7000-8000-000000000000', { fields: null, include: [] }, asking);
const marker = 987_654_321;
const list = collectSql(
  {
    // As a list that says nothing of the status is read.
    criteria: { make: ['@make'], price: { min: marker }, status: ['available', 'reserved'] },
    order: { by: 'listed_at', descending: true },
    perPage: 20,
    from: { offset: 0 },
    fields: null,
    include: [],
  },
  asking,
);

class RawController {
  async vehicle(request, reply) {
    const params = one.params.map((value) => (value === '00000000-0000-7000-8000-000000000000' ? request.params.id : value));
    const { rows } = await pool.query({ name: 'one', text: one.sql, values: params });
    reply.type('application/json').send(`{"data":${rows[0].json}}`);
  }

  async list(request, reply) {
    const params = list.params.map((value) =>
      value === marker ? Number(request.query.price_min) : value === '@make' ? request.query.make.toLowerCase() : value,
    );
    const { rows } = await pool.query({ name: 'list', text: list.sql, values: params });
    reply.type('application/json').send(`{"data":[${rows.slice(0, 20).map((row) => row.json).join(',')}],"total":${rows[0].total}}`);
  }
}
Controller()(RawController);
for (const [name, path] of [['vehicle', '/vehicles/:id'], ['list', '/vehicles']]) {
  Get(path)(RawController.prototype, name, Object.getOwnPropertyDescriptor(RawController.prototype, name));
  Req()(RawController.prototype, name, 0);
  Res()(RawController.prototype, name, 1);
}
class RawModule {}
Module({ controllers: [RawController] })(RawModule);

const start = async () => {
  const app = await NestFactory.create(RawModule, new FastifyAdapter(), { logger: false });
  await app.listen(Number(process.env.PORT), '127.0.0.1');
  process.send?.({ type: 'ready' });
  process.once('SIGTERM', () => process.exit(0));
  process.once('disconnect', () => process.exit(0));
};
void start();
