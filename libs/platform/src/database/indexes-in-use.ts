import type { Migration, SqlRunner } from './types';

export interface IndexesInUse {
  readonly id: string;
  /** `create index concurrently <name> on <schema>.<table> …`, one statement each. */
  readonly create: readonly string[];
  /** Those that are not needed any more, by `<schema>.<name>`; gone once the new ones are there. */
  readonly drop?: readonly string[];
  readonly formerly?: readonly string[];
}

const shape = /^create (?:unique )?index concurrently (\w+)\s+on (?:only )?(\w+)\.\w+\b/u;
const dropShape = /^\w+\.\w+$/u;

interface Build {
  readonly schema: string;
  readonly name: string;
  readonly statement: string;
}

/**
 * A migration that builds indexes of tables which others write to meanwhile. PostgreSQL does so outside of a transaction, and a
 * build that was broken off leaves an index which is kept up and serves nobody: the next run takes it away and begins anew.
 */
export function indexesInUse({ id, create, drop = [], formerly }: IndexesInUse): Migration {
  const builds = create.map((statement): Build => {
    const [, name, schema] = shape.exec(statement) ?? [];
    if (name === undefined || schema === undefined) throw new Error(`${id}: “${statement}” does not begin with create index concurrently <name> on <schema>.<table>`);
    return { schema, name, statement };
  });
  for (const name of drop) if (!dropShape.test(name)) throw new Error(`${id}: “${name}” is no <schema>.<index>`);
  return {
    id,
    transaction: false,
    revision: [...create, ...drop.map((name) => `drop ${name}`)].join('\n'),
    ...(formerly === undefined ? {} : { formerly }),
    up: async (sql) => {
      for (const one of builds) await build(sql, one);
      for (const name of drop) await sql(`drop index concurrently if exists ${name}`);
    },
  };
}

async function build(sql: SqlRunner, { schema, name, statement }: Build): Promise<void> {
  const [left] = await sql<{ sound: boolean }>(
    `select i.indisvalid and i.indisready as sound from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = $1 and c.relname = $2`,
    [schema, name],
  );
  if (left?.sound === true) return;
  if (left !== undefined) await sql(`drop index concurrently if exists ${schema}.${name}`);
  await sql(statement);
}
