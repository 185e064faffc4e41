import { Pool } from 'pg';
import { isStalePlan, StatementNames } from '../database';

/**
 * A job takes a handful of statements out of some dozens, with the same texts for all queues: each connection reads a text once
 * instead of each time. The connections keep their sessions, or else nobody could listen.
 */
export const preparing = (pool: object): void => {
  if (!(pool instanceof Pool)) return;
  const plain = pool.query.bind(pool);
  const names = new StatementNames('jobs');
  Object.assign(pool, {
    query: async (text: string, params?: readonly unknown[]) => {
      if (params === undefined) return plain(text);
      const values = [...params];
      try {
        return await plain({ ...names.for(text), text, values });
      } catch (error) {
        // A newer release has changed what it gives: it did not run.
        if (!isStalePlan(error)) throw error;
        return plain(text, values);
      }
    },
  });
};
