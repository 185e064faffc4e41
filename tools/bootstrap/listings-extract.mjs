// `npm run listings:extract -- FILE… [--url URL]`: what would be taken from captured pages, a JSON line for each, in order.
// Without files it reads stdin: a file's name a line, or a JSON line {file | html | body, url?}.
import { createRequire } from 'node:module';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';
import { build, CommandError, main } from './lib.mjs';

/** A page is never larger than this; what is behind it is not read. */
const most = 64 * 1024 * 1024;
// npm runs scripts in the project's folder; names are meant from where the person stands.
const here = process.env.INIT_CWD ?? process.cwd();

const read = (file) => {
  const handle = openSync(resolve(here, file), 'r');
  try {
    const stat = fstatSync(handle);
    if (stat.isDirectory()) throw new Error('It is a folder.');
    const size = Math.min(stat.size, most);
    const body = Buffer.alloc(size);
    let at = 0;
    while (at < size) {
      const count = readSync(handle, body, at, size - at, at);
      if (count === 0) break;
      at += count;
    }
    return body.subarray(0, at);
  } finally {
    closeSync(handle);
  }
};

const failed = (file, error) => ({ file, kind: 'none', listings: [], provenance: [], reasons: ['unreadable'], error: error instanceof Error ? error.message : String(error) });

const print = async (line) => {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await new Promise((done) => process.stdout.once('drain', done));
};

const optionsOf = (args) => {
  const files = [];
  let url = null;
  for (let at = 0; at < args.length; at += 1) {
    const argument = args[at];
    if (argument === '--url') {
      url = args[(at += 1)];
      if (url === undefined) throw new CommandError('--url needs an address.');
    } else if (argument.startsWith('--url=')) url = argument.slice('--url='.length);
    else if (argument !== '--') files.push(argument);
  }
  return { files, url };
};

const fromLine = (extractFile, line, url) => {
  let file = line;
  try {
    if (!line.startsWith('{')) return extractFile(file, read(file), url);
    const asked = JSON.parse(line);
    file = typeof asked.file === 'string' ? asked.file : null;
    const body = asked.html ?? asked.body ?? (file === null ? undefined : read(file));
    if (body === undefined) throw new Error('A line names a file, or carries html or body.');
    return extractFile(file, typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body), asked.url ?? url);
  } catch (error) {
    return failed(file, error);
  }
};

main(async () => {
  const { files, url } = optionsOf(process.argv.slice(2));
  await build('libs/domains/scraper');
  const { extractFile } = createRequire(import.meta.url)('../../libs/domains/scraper/dist/infrastructure/extraction/index.js');
  if (files.length > 0) {
    for (const file of files) await print(fromLine(extractFile, file, url));
    return;
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) if (line.trim() !== '') await print(fromLine(extractFile, line.trim(), url));
});
