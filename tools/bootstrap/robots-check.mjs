// `npm run robots:check`: JSON lines {robots_txt, user_agent, url} on stdin, a line {allowed} for each on stdout.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { build, main } from './lib.mjs';

const answer = ({ parseRobots }, line) => {
  try {
    const { robots_txt: text, user_agent: agent, url } = JSON.parse(line);
    return { allowed: parseRobots(String(text ?? '')).isAllowed(String(agent ?? ''), String(url ?? '')) };
  } catch (error) {
    return { error: `Not a JSON line of {robots_txt, user_agent, url}: ${error.message}` };
  }
};

main(async () => {
  await build('libs/domains/scraper');
  const scraper = createRequire(import.meta.url)('../../libs/domains/scraper/dist/domain/robots.js');
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    if (!process.stdout.write(`${JSON.stringify(answer(scraper, line))}\n`)) await new Promise((done) => process.stdout.once('drain', done));
  }
});
