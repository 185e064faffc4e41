// What the tools that read and print JSON lines share: one line out for each line in, in order, nothing else on stdout.
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { build, main, root } from './lib.mjs';

/** Lines longer than this are refused unread: nobody writes them by hand, and memory is to stay flat. */
const longest = 64 * 1024 * 1024;

/** npm runs scripts in the project's folder; names are meant from where the person stands. */
export const fromHere = (file) => resolve(process.env.INIT_CWD ?? process.cwd(), file);

export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/** Prints one value as a line, and waits while whoever reads is slower. */
export const print = async (value) => {
  if (!process.stdout.write(`${JSON.stringify(value)}\n`)) await once(process.stdout, 'drain');
};

/** Stands for a line that was too long to be kept. */
export const tooLong = Symbol('too long');

/** Lines end with a line feed and nothing else: what `readline` takes for an end besides may stand in the text of JSON. */
export async function* linesIn(stream) {
  const decoder = new StringDecoder('utf8');
  let line = '';
  let skipping = false;
  for await (const chunk of stream) {
    const parts = decoder.write(chunk).split('\n');
    for (const [at, part] of parts.entries()) {
      if (!skipping) line += part;
      if (line.length > longest) {
        skipping = true;
        line = '';
      }
      if (at === parts.length - 1) continue;
      yield skipping ? tooLong : line;
      line = '';
      skipping = false;
    }
  }
  line += decoder.end();
  if (skipping) yield tooLong;
  else if (line !== '') yield line;
}

const tryAnswer = (line, answer) => {
  if (line === tooLong) return { error: 'the line is too long' };
  let value;
  try {
    value = JSON.parse(line.replace(/^\uFEFF/u, ''));
  } catch (error) {
    return { error: `not JSON: ${error.message}` };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { error: 'an object is expected' };
  try {
    return answer(value);
  } catch (error) {
    return { error: messageOf(error) };
  }
};

/** Answers every line of the files named, or of stdin; one that can't be read or answered gets a line that says so. */
const answerLines = async (files, answer) => {
  let code = 0;
  for (const file of files.length === 0 ? ['-'] : files) {
    try {
      for await (const line of linesIn(file === '-' ? process.stdin : createReadStream(fromHere(file)))) {
        if (line === tooLong || line.trim() !== '') await print(tryAnswer(line, answer));
      }
    } catch (error) {
      await print({ file, error: messageOf(error) });
      code = 1;
    }
  }
  return code;
};

/** Runs a tool on code of the project: what is stale of it is compiled, then `work` gets a `load` for what was compiled. */
export const runTool = (project, work) =>
  main(async () => {
    // Whoever reads may have had enough.
    process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
    await build(project);
    const require = createRequire(import.meta.url);
    return work((path) => require(path.startsWith('@') ? path : join(root, project, 'dist', path)));
  });

/** A tool that answers lines: `prepare` loads what it needs and gives the function from a line's value to its answer. */
export const lineTool = (project, prepare) =>
  runTool(project, (load) => {
    const answer = prepare(load);
    return answerLines(
      process.argv.slice(2).filter((argument) => argument !== '--'),
      answer,
    );
  });
