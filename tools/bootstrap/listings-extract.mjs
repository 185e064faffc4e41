// `npm run --silent listings:extract -- FILE… [--url URL]`: what would be taken from captured pages, a JSON line for each, in order.
// Without files it reads stdin: a file's name a line, a JSON line {file | html | body, url?}, the JSON of an answer a line, or one page.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CommandError } from './lib.mjs';
import { fromHere, linesIn, messageOf, print, runTool, tooLong } from './json-lines.mjs';

/** A page is never larger than this; what is behind it is not read. */
const most = 64 * 1024 * 1024;

const read = (file) => {
  const handle = openSync(fromHere(file), 'r');
  try {
    const stat = fstatSync(handle);
    if (!stat.isFile()) throw new Error(stat.isDirectory() ? 'It is a folder.' : 'It is no file.');
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

/** Something that can't be read has its line, too. */
const answered = (file, extract) => {
  try {
    return extract();
  } catch (error) {
    return { file, kind: 'none', listings: [], provenance: [], reasons: ['unreadable'], error: messageOf(error) };
  }
};

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

const jsonIn = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};

/** What a line asks for: a file by its name, a page it carries, or it is an answer itself. */
const askedBy = (line, url) => {
  const value = /^[[{]/u.test(line) ? jsonIn(line) : undefined;
  if (value === undefined) return { file: line, url, body: () => read(line) };
  const file = isObject(value) && typeof value.file === 'string' ? value.file : null;
  const where = isObject(value) && typeof value.url === 'string' ? value.url : url;
  const body = isObject(value) ? (value.html ?? value.body) : undefined;
  if (body !== undefined) return { file, url: where, body: () => (typeof body === 'string' ? body : JSON.stringify(body)) };
  return file === null ? { file: null, url, body: () => line } : { file, url: where, body: () => read(file) };
};

/** A page, or JSON that is laid out over lines, was piped in as it is. */
const isPage = (line) => line.startsWith('<') || /^[[{\s]+$/u.test(line);

runTool('libs/domains/scraper', async (load) => {
  const { files, url } = optionsOf(process.argv.slice(2));
  const { extractFile } = load('infrastructure/extraction/index.js');
  for (const file of files) await print(answered(file, () => extractFile(file, read(file), url)));
  if (files.length > 0) return;
  let page = null;
  let first = true;
  for await (const written of linesIn(process.stdin)) {
    const line = written === tooLong ? '' : written.replace(/^\uFEFF/u, '').trim();
    if (first && line !== '') page = isPage(line) ? '' : null;
    if (line !== '') first = false;
    if (page !== null) page = page.length < most ? `${page}${written === tooLong ? '' : written}\n` : page;
    else if (written === tooLong) await print(answered(null, () => { throw new Error('the line is too long'); }));
    else if (line !== '') {
      const asked = askedBy(line, url);
      await print(answered(asked.file, () => extractFile(asked.file, asked.body(), asked.url)));
    }
  }
  if (page !== null) await print(answered(null, () => extractFile(null, page, url)));
});
