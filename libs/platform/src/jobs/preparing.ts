import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { isStalePlan } from '../database';

/**
 * A job takes a handful of statements out of some dozens, with the same texts for all queues: each connection reads a text once
 * instead of each time. The connections keep their sessions, or else nobody could listen.
 */
export const preparing = (pool: object): void => {
  if (!(pool instanceof Pool)) return;
  const plain = pool.query.bind(pool);
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? `jobs-${createHash('sha256').update(text).digest('base64url').slice(0, 16)}`;
    names.set(text, name);
    return name;
  };
  Object.assign(pool, {
    query: async (text: string, params?: readonly unknown[]) => {
      if (params === undefined) return plain(text);
      const values = [...params];
      try {
        return await plain({ name: nameOf(text), text, values });
      } catch (error) {
        // A newer release has changed what it gives: it did not run.
        if (!isStalePlan(error)) throw error;
        return plain(text, values);
      }
    },
  });
};
