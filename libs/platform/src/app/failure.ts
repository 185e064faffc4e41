import { ConfigError } from '../config';
import { StartError } from './parts/database';

/** What somebody at a terminal can act on, without a stack; null for what only a developer can. */
export function explain(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof StartError) return error.message;
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  const port: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'port') : undefined;
  if (code === 'EADDRINUSE') return `Port ${String(port)} is in use by another program. Stop that one, or set PORT to a free port.`;
  if (code === 'EACCES') return `Port ${String(port)} may not be used by this user. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL') return 'This machine has no such address (HOST).';
  return null;
}
