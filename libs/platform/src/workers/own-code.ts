import { extname, join } from 'node:path';

const extension = extname(__filename);

/** A file of this folder, compiled or not as this one is. */
export const ownFile = (name: string): string => join(__dirname, `${name}${extension}`);

/** From sources, in tests, a thread or a process needs the same compiler as its parent. */
export const compilerArgs: readonly string[] = extension === '.ts' ? ['--conditions=@autobroker/source', '-r', '@swc-node/register'] : [];
