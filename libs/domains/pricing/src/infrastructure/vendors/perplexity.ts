import { Inject, Injectable } from '@nestjs/common';
import { exponentOf, isCurrencyCode } from '@autobroker/kernel';
import { z } from 'zod';
import { externalConfig, type ExternalConfig } from '../../application/external/config';
import { type Asking, type Failure, failure, type Place, RegionalResearch, type RegionalSaid, type Said, type ValuedCar, ValuationSource } from '../../application/external/ports';
import { jsonInProse } from './json-in-prose';
import { bodyOf, refusalOf, VendorConnections } from './vendor-connections';

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
  citations: z.array(z.string()).nullish(),
  search_results: z.array(z.object({ url: z.string() })).nullish(),
});

/** A number, or one with a currency and commas around it. */
const amount = z.union([z.number(), z.string().transform((text) => Number(text.replaceAll(/[^\d.]/gu, '') || Number.NaN))]).pipe(z.number().positive().max(50_000_000));
const word = (most: number) => z.string().trim().min(1).transform((text) => text.slice(0, most));
const trend = z.string().trim().toLowerCase().pipe(z.enum(['rising', 'stable', 'falling'])).nullish().catch(null);
const currency = z.string().trim().toUpperCase().refine((code) => isCurrencyCode(code));

/** A range that is no range is a number that was made up. */
const widest = 10;
const marketSchema = z
  .object({ average_price: amount, low_price: amount, high_price: amount, currency, trend, summary: word(1_000).nullish().catch(null) })
  .refine(({ average_price, low_price, high_price }) => low_price <= average_price && average_price <= high_price && high_price <= low_price * widest);
const regionSchema = z.object({
  demand: z.string().trim().toLowerCase().pipe(z.enum(['low', 'balanced', 'high'])),
  price_level: z.number().min(0.3).max(3).nullish().catch(null),
  days_to_sell: z.number().min(0).max(1_000).nullish().catch(null),
  trend,
  summary: word(1_000).nullish().catch(null),
});

const rules = 'You research the used-car market. Answer with one JSON object of the given keys and nothing else. Use null for what the sources do not say. Prices are whole units of the currency.';
/** Asked once more when the answer can't be read. */
const attempts = 2;
const mostCitations = 10;

interface Read<T> {
  readonly ok: true;
  readonly data: T;
  readonly citations: readonly string[];
}

/** Perplexity reads the web and answers in words: they are taken for what they are, read with care and never believed blindly. */
@Injectable()
export class PerplexityResearch extends ValuationSource implements RegionalResearch {
  override readonly source = 'perplexity';
  override readonly lifeMs: number;

  constructor(
    private readonly vendors: VendorConnections,
    @Inject(externalConfig.token) private readonly config: ExternalConfig,
  ) {
    super();
    this.lifeMs = config.marketMs;
  }

  override async value(car: ValuedCar, how: Asking): Promise<Said | Failure> {
    const where = car.country === null ? '' : ` in ${car.country}`;
    const question = `Current market value for ${car.year} ${car.make} ${car.model}${where}. Keys: average_price, low_price, high_price, currency (ISO 4217), trend (rising, stable, falling), summary.`;
    const read = await this.research(question, marketSchema, how);
    if (!read.ok) return read;
    const { average_price, low_price, high_price, currency: code, trend: turn, summary } = read.data;
    if (!isCurrencyCode(code)) return failure('unreadable', 'the currency is none');
    const minor = (units: number): number => Math.round(units * 10 ** exponentOf(code));
    return {
      ok: true,
      currency: code,
      privateParty: minor(average_price),
      tradeIn: null,
      retail: null,
      low: minor(low_price),
      high: minor(high_price),
      vendorRef: null,
      trim: null,
      trend: turn ?? null,
      summary: summary ?? null,
      citations: read.citations,
    };
  }

  async insights({ country, region }: Place, how: Asking): Promise<RegionalSaid | Failure> {
    const where = region === '' ? country : `${region}, ${country}`;
    const question = `Used-car market conditions in ${where}. Keys: demand (low, balanced, high), price_level (against the country's mean, 1 being the same), days_to_sell, trend (rising, stable, falling), summary.`;
    const read = await this.research(question, regionSchema, how);
    if (!read.ok) return read;
    const { demand, price_level, days_to_sell, trend: turn, summary } = read.data;
    return { ok: true, demand, priceLevel: price_level ?? null, daysToSell: days_to_sell == null ? null : Math.round(days_to_sell), trend: turn ?? null, summary: summary ?? null, citations: read.citations };
  }

  private async research<T>(question: string, schema: z.ZodType<T>, how: Asking): Promise<Read<T> | Failure> {
    const body = { model: this.config.perplexityModel, temperature: 0.1, max_tokens: 800, messages: [{ role: 'system', content: rules }, { role: 'user', content: question }] };
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const answer = await this.vendors.ask('perplexity', (key) => ({ method: 'POST', path: 'chat/completions', headers: { authorization: `Bearer ${key}` }, body }), how);
      if (!answer.ok) return answer;
      const refused = refusalOf(answer.response);
      if (refused !== null) return refused;
      const completion = completionSchema.safeParse(bodyOf(answer.response));
      if (!completion.success) continue;
      const data = jsonInProse(completion.data.choices[0]?.message.content ?? '', schema);
      if (data !== null) return { ok: true, data, citations: citationsOf(completion.data) };
    }
    return failure('unreadable', 'no usable answer in what it wrote');
  }
}

/** Addresses that a browser may be sent to, and no others. */
function citationsOf({ citations, search_results }: z.output<typeof completionSchema>): string[] {
  const named = citations ?? search_results?.map(({ url }) => url) ?? [];
  return [...new Set(named.filter((url) => URL.canParse(url) && /^https?:$/u.test(new URL(url).protocol) && url.length <= 1_000))].slice(0, mostCitations);
}
