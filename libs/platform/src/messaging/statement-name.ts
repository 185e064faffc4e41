import { createHash } from 'node:crypto';

/** Of a text that is put together: the same text has the same name, and no other has it. */
export const statementName = (of: string, sql: string): string => `${of}-${createHash('sha256').update(sql).digest('base64url').slice(0, 16)}`;
