// What the tools that read and print JSON lines share: one line out for each line in, in order, nothing else on stdout.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';

/** Lines longer than this are refused unread: nobody writes them by hand, and memory is to stay flat. */
const longest = 64 * 1024 * 1024;

/** Prints one value as a line, and waits while whoever reads is slower. */
export const print = async (value) => {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
};

/** The lines of the files named, or of stdin. */
export async function* linesOf(files) {
  for (const file of files.length === 0 ? [null] : files) {
    const input = file === null || file === '-' ? process.stdin : createReadStream(file);
    const lines = createInterface({ input, crlfDelay: Infinity });
    const failed = once(input, 'error').then(([error]) => lines.emit('error', error));
    failed.catch(() => {});
    for await (const line of lines) yield line;
  }
}

/** Answers every line; one that can't be read or answered gets a line that says so. */
export const answerLines = async (files, answer) => {
  // Whoever reads may have had enough.
  process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  for await (const line of linesOf(files)) {
    if (line.trim() === '') continue;
    await print(line.length > longest ? { error: 'the line is too long' } : tryAnswer(line, answer));
  }
  return 0;
};

const tryAnswer = (line, answer) => {
  let value;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { error: `not JSON: ${error.message}` };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { error: 'an object is expected' };
  try {
    return answer(value);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
};
