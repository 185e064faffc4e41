// `npm run demo`: sales on a running platform, from the search to the handover and as they go wrong, told as they happen.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, dataFolder, main } from './lib.mjs';
import { makeDesk } from './demo/desk.mjs';
import { makeStories } from './demo/stories.mjs';

const titles = {
  sale: 'A sale, from the search to the keys',
  decline: 'A card that is declined, and a car that is not taken',
  expiry: 'A reservation that nobody pays',
  cancellation: 'A sale that is called off after it was paid',
  withdrawal: 'A car that comes back within its time',
  dispute: 'A payment that a bank takes back',
};

const say = (line) => process.stdout.write(`${line}\n`);

main(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !(name in titles));
  if (unknown.length > 0) throw new CommandError(`usage: npm run demo [-- ${Object.keys(titles).join(' ')}]`);
  const data = dataFolder();
  const file = join(data, 'run.json');
  const run = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const isUp = run !== undefined && (await fetch(run.urls.health).then(({ ok }) => ok, () => false));
  if (!isUp) throw new CommandError('No platform is running on this data folder. Start one in another terminal: npm start');
  if (run.urls.sandbox === undefined) throw new CommandError('This platform runs without the outside world, in which the buyers pay: start it without SANDBOX=off.');

  const folder = join(data, 'demo');
  const desk = makeDesk(run);
  const keep = async ({ id, number }, kinds) => {
    const place = join(folder, number);
    mkdirSync(place, { recursive: true });
    for (const kind of kinds) {
      const paper = await desk.paper(id, kind);
      writeFileSync(join(place, `${kind}-${paper.number}.pdf`), await desk.file(paper.id));
    }
    say(`  Its papers: ${place} (${kinds.join(', ')})`);
  };
  const stories = makeStories({ desk, say: (line) => say(`  ${line}`), keep });
  for (const [name, title] of Object.entries(titles)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    say(`\n${title}`);
    await stories[name]();
  }
  say(`\nThe documents are in ${folder}. What the outside world saw: ${run.urls.sandbox}`);
});
