import { get, json, page, post, type Answer, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { Quota } from '../../shared/quota';
import { isRecord, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';
import { findingFor } from './market-words';

const apiKey = 'pplx-3f1c7a5e9b2d48606f8a1c4e7b9d2035';
const models = new Set(['sonar', 'sonar-pro', 'sonar-reasoning', 'sonar-reasoning-pro']);
const sources = ['https://www.marketwatch.example/used-car-prices', 'https://www.carprices.example/index', 'https://www.dealernews.example/supply'];

const refused = (status: number, message: string, type: string, headers: Record<string, string> = {}): Answer => json({ error: { message, type, code: status } }, { status, headers });

/** The order in which its moods come: it forgets now and then that it was asked for JSON alone, and once in a while stops in the middle. */
const moods = ['plain', 'fenced', 'prose', 'plain', 'thinking', 'plain', 'cut'] as const;

function worded(finding: Readonly<Record<string, unknown>> | null, mood: (typeof moods)[number]): string {
  if (finding === null) return 'I could not find reliable information about this market. {"note": "no data"}';
  const text = JSON.stringify(finding, null, mood === 'plain' ? 0 : 2);
  switch (mood) {
    case 'plain':
      return text;
    case 'fenced':
      return `Here is what current listings say [1][2]:\n\n\`\`\`json\n${text}\n\`\`\`\n\nPrices vary with condition [3].`;
    case 'prose':
      return `Based on recent listings {as of today}, the picture is this [1]: ${text} — please verify locally.`;
    case 'thinking':
      return `<think>The user wants {"average_price": 0}. I should look at listings.</think>\n${text}`;
    case 'cut':
      return text.slice(0, Math.floor(text.length * 0.6));
  }
}

const questionOf = (messages: readonly unknown[]): string | null => {
  const last = messages.findLast((one) => isRecord(one) && one['role'] === 'user');
  return isRecord(last) ? textOf(last['content']) : null;
};

const complete = (world: World, turn: number, { body, now }: Exchange): Answer => {
  const asked = readRecord(body);
  const model = textOf(asked?.['model']);
  if (asked === null || model === null || !models.has(model)) return refused(400, `Invalid model '${model ?? ''}'. Permitted models can be found in the documentation.`, 'invalid_model');
  const messages = asked['messages'];
  const question = Array.isArray(messages) ? questionOf(messages) : null;
  if (question === null) return refused(400, 'Last message must have role `user` or `tool`.', 'invalid_message');
  const mood = moods[turn % moods.length] ?? 'plain';
  const content = worded(findingFor(question, world.truth(), now), mood);
  const [asks, says] = [Math.ceil(question.length / 4), Math.ceil(content.length / 4)];
  return json({
    id: `3c90c3cc-0d44-4b50-8888-${String(turn).padStart(12, '0')}`,
    model,
    created: Math.floor(now.getTime() / 1_000),
    usage: { prompt_tokens: asks, completion_tokens: says, total_tokens: asks + says, search_context_size: 'low', cost: { total_cost: 0.006 } },
    citations: sources,
    search_results: sources.map((url, at) => ({ title: `Used car market report ${at + 1}`, url, date: now.toISOString().slice(0, 10) })),
    object: 'chat.completion',
    choices: [{ index: 0, finish_reason: mood === 'cut' ? 'length' : 'stop', message: { role: 'assistant', content }, delta: { role: 'assistant', content: '' } }],
  });
};

export const perplexity: Vendor = {
  slug: 'perplexity',
  title: 'Perplexity',
  kind: 'research',
  key: { api_key: apiKey },
  startPath: '/',
  robots: () => robotsTxt(['/chat/']),
  routes: (world) => {
    const quota = new Quota(5, 5_000);
    let turn = 0;
    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Perplexity API</title></head><body><h1>Sonar API</h1><p>POST /chat/completions</p></body></html>`)),
      post('/chat/completions', (exchange) => {
        const token = /^Bearer (\S+)$/u.exec(exchange.headers.authorization ?? '')?.[1];
        if (token !== apiKey) return refused(401, 'Invalid API key provided. You can find your API key in the settings.', 'invalid_api_key');
        if (quota.take(exchange.now) !== 'ok') return refused(429, 'Request rate limit exceeded, please try again later.', 'rate_limit_exceeded', { 'retry-after': '1' });
        turn += 1;
        return complete(world, turn - 1, exchange);
      }),
    ];
  },
};
