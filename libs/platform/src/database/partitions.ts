import { assertSchemaName } from '../outbox';

/**
 * Tables that grow with time are kept in months. The work is done by functions in the service's own schema that run as
 * its owner: a service's role may call them, and nothing more, in either shape of the platform.
 */
export const monthlyPartitionFunctions = (schema: string): string => {
  assertSchemaName(schema);
  return `
create table ${schema}.monthly_table (
  name          text primary key,
  ahead         integer not null check (ahead between 1 and 60),
  keep_months   integer check (keep_months > 0)
);

-- Makes the partition of one month. Rows of that month that had to wait in the default partition move into it.
create function ${schema}.create_month(parent text, month date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $body$
declare
  first date := date_trunc('month', month)::date;
  next  date := (date_trunc('month', month) + interval '1 month')::date;
  part  text := parent || to_char(first, '"_y"YYYY"m"MM');
  col   text;
begin
  if not exists (select 1 from ${schema}.monthly_table t where t.name = parent) then
    raise exception 'table % is not kept in months', parent;
  end if;
  if to_regclass(format('${schema}.%I', part)) is not null then return false; end if;
  -- Two processes may come at the same moment. The table's own lock, which writers don't mind, also makes the second one see
  -- what the first has made; an advisory lock would not.
  execute format('lock table ${schema}.%I in share update exclusive mode', parent);
  if to_regclass(format('${schema}.%I', part)) is not null then return false; end if;
  select a.attname into col
    from pg_partitioned_table p join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
   where p.partrelid = format('${schema}.%I', parent)::regclass;
  execute format('create table ${schema}.%I (like ${schema}.%I including defaults including constraints)', part, parent);
  -- nobody may add a row of this month to the default partition between the move and the attachment
  execute format('lock table ${schema}.%I in access exclusive mode', parent || '_default');
  execute format('with moved as (delete from ${schema}.%I where %I >= %L and %I < %L returning *) insert into ${schema}.%I select * from moved',
                 parent || '_default', col, first, col, next, part);
  execute format('alter table ${schema}.%I attach partition ${schema}.%I for values from (%L) to (%L)', parent, part,
                 first::timestamptz, next::timestamptz);
  return true;
end
$body$;

-- What a schedule calls: makes the months ahead of "moment", drops those that are older than the table keeps.
create function ${schema}.maintain_months(moment timestamptz) returns table (made text, dropped text)
language plpgsql security definer set search_path = pg_catalog, pg_temp set timezone = 'UTC' as $body$
declare
  t ${schema}.monthly_table;
  old record;
  month date;
begin
  for t in select * from ${schema}.monthly_table order by name loop
    for i in 0 .. t.ahead loop
      month := (date_trunc('month', moment) + make_interval(months => i))::date;
      if ${schema}.create_month(t.name, month) then
        made := t.name || to_char(month, '"_y"YYYY"m"MM'); dropped := null;
        return next;
      end if;
    end loop;
    if t.keep_months is null then continue; end if;
    for old in
      select c.relname from pg_inherits h join pg_class c on c.oid = h.inhrelid
       where h.inhparent = format('${schema}.%I', t.name)::regclass
         and c.relname ~ ('^' || t.name || '_y[0-9]{4}m[0-9]{2}$')
         and to_date(right(c.relname, 7), 'YYYY"m"MM') < (date_trunc('month', moment) - make_interval(months => t.keep_months))::date
       order by c.relname
    loop
      execute format('drop table ${schema}.%I', old.relname);
      made := null; dropped := old.relname;
      return next;
    end loop;
  end loop;
end
$body$;
`;
};

/**
 * SQL for the end of the migration that creates a table `partition by range (<a timestamptz>)`: the guard that takes rows
 * of months that nobody has made yet, and the entry by which months are made ahead and dropped after their time.
 */
export function partitionedByMonth(table: string, options: { ahead?: number; keepMonths?: number } = {}): string {
  const [schema = '', name = '', more] = table.split('.');
  assertSchemaName(schema);
  if (more !== undefined || !/^[a-z][a-z0-9_]{0,45}$/.test(name)) throw new Error(`${table} is not <schema>.<table>`);
  return `
create table ${schema}.${name}_default partition of ${schema}.${name} default;
insert into ${schema}.monthly_table (name, ahead, keep_months) values ('${name}', ${options.ahead ?? 3}, ${options.keepMonths ?? 'null'});
select ${schema}.maintain_months(now());
`;
}

export interface MonthsReport {
  readonly made: string[];
  readonly dropped: string[];
}

/** For a schedule: makes the coming months of every table that a service keeps in months, drops the expired ones. */
export async function maintainMonths(
  db: { schema: string; query<R>(sql: string, params?: unknown[]): Promise<R[]> },
  now: Date,
): Promise<MonthsReport> {
  const rows = await db.query<{ made: string | null; dropped: string | null }>(
    `select made, dropped from ${assertSchemaName(db.schema)}.maintain_months($1)`,
    [now],
  );
  return {
    made: rows.flatMap((row) => (row.made === null ? [] : [row.made])),
    dropped: rows.flatMap((row) => (row.dropped === null ? [] : [row.dropped])),
  };
}
