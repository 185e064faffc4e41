import type { Sandbox } from './sandbox';
import { control, jsonAt, post, smallSandbox, textAt, urlOf, type Parsed } from './suite/sandbox';

let sandbox: Sandbox;
let americans: Parsed[];
beforeAll(async () => {
  sandbox = await smallSandbox({ cars: 400 });
  americans = (await textAt(`${sandbox.url}/control/truth`)).trim().split('\n').map((line): Parsed => JSON.parse(line)).filter((car) => car.country === 'US' && car.damage === 'none');
});
afterAll(() => sandbox.close());

const keyOf = async (slug: string): Promise<string> => (await control(sandbox, 'vendors')).vendors.find((vendor: Parsed) => vendor.slug === slug).key.api_key;
const miles = (car: Parsed): number => Math.round(car.mileage_km / 1.609344);
const middle = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

describe('Kelley Blue Book', () => {
  const decode = async (vin: string): Promise<Parsed> => jsonAt(`${urlOf(sandbox, 'kbb')}/idws/vehicle/vin/id/${vin}?VehicleClass=UsedCar&api_key=${await keyOf('kbb')}`);
  const values = async (vehicleId: number, mileage: number): Promise<Parsed> => {
    const answer = await post(`${urlOf(sandbox, 'kbb')}/idws/vehicle/values?api_key=${await keyOf('kbb')}`, { configuration: { vehicleId }, mileage, zipCode: '90019' });
    return answer.json();
  };
  const priceOf = (answer: Parsed, name: string): number => answer.prices.find((price: Parsed) => price.priceTypeDisplay === name).configuredValue;

  it('is within a tenth of what cars are worth, and surely wrong by a little', async () => {
    const errors: number[] = [];
    for (const car of americans.slice(0, 15)) {
      const { vinResults } = await decode(car.vin);
      const own = vinResults.find((one: Parsed) => one.trimName === car.trim);
      expect(own).toMatchObject({ makeName: car.make, modelName: car.model, yearId: car.year });
      errors.push(priceOf(await values(own.vehicleId, miles(car)), 'Private Party Good') / (car.true_value.amount / 100) - 1);
      await new Promise((resolve) => setTimeout(resolve, 110));
    }
    expect(Math.abs(middle(errors))).toBeLessThan(0.1);
    expect(new Set(errors.map((error) => error.toFixed(3))).size).toBeGreaterThan(5);
  });

  it('gives less for more miles, and a dealer’s price above a private one above a trade-in', async () => {
    const [car] = americans;
    const { vinResults } = await decode(car.vin);
    const [near, far] = [await values(vinResults[0].vehicleId, 10_000), await values(vinResults[0].vehicleId, 150_000)];
    expect(priceOf(far, 'Private Party Good')).toBeLessThan(priceOf(near, 'Private Party Good'));
    expect(priceOf(near, 'Trade-In Good')).toBeLessThan(priceOf(near, 'Private Party Good'));
    expect(priceOf(near, 'Private Party Good')).toBeLessThan(priceOf(near, 'Typical Listing Price'));
  });

  it('knows no car of another continent, and lets nobody in without the key', async () => {
    const european: Parsed = (await textAt(`${sandbox.url}/control/truth`)).trim().split('\n').map((line): Parsed => JSON.parse(line)).find((car) => car.country === 'DE');
    expect(await decode(european.vin)).toMatchObject({ vinResults: [], warnings: [{ code: 'VinNotFound' }] });
    expect((await fetch(`${urlOf(sandbox, 'kbb')}/idws/vehicle/vin/id/${european.vin}?VehicleClass=UsedCar`)).status).toBe(401);
    expect((await fetch(`${urlOf(sandbox, 'kbb')}/idws/vehicle/vehicles?api_key=wrong`)).status).toBe(403);
  });
});

describe('Edmunds', () => {
  const ask = async (path: string, query: Record<string, string> = {}): Promise<Response> => fetch(`${urlOf(sandbox, 'edmunds')}${path}?${new URLSearchParams({ fmt: 'json', api_key: await keyOf('edmunds'), ...query })}`);

  it('decodes a VIN to a style, and prices it by its condition', async () => {
    const car = americans[1];
    const decoded = (await (await ask(`/api/vehicle/v2/vins/${car.vin}`)).json()) as Parsed;
    expect(decoded).toMatchObject({ make: { name: car.make }, years: [{ year: car.year, styles: [{ trim: car.trim }] }] });
    const tmv = async (condition: string): Promise<Parsed> =>
      ((await (await ask('/v1/api/tmv/tmvservice/calculateusedtmv', { styleid: String(decoded.years[0].styles[0].id), condition, mileage: String(miles(car)), zip: '90019' })).json()) as Parsed).tmv;
    const [clean, rough] = [await tmv('Clean'), await tmv('Rough')];
    expect(clean.totalWithOptions.usedPrivateParty).toBeGreaterThan(rough.totalWithOptions.usedPrivateParty);
    expect(clean.nationalBasePrice.usedPrivateParty + clean.mileageAdjustment.usedPrivateParty).toBeCloseTo(clean.totalWithOptions.usedPrivateParty, 0);
  });

  it('speaks through its gateway: a bad key is no JSON, too many at once are 403', async () => {
    const refused = await ask('/api/vehicle/v2/vins/1', { api_key: 'wrong' });
    expect([refused.status, refused.headers.get('x-mashery-error-code'), await refused.text()]).toEqual([403, 'ERR_403_DEVELOPER_INACTIVE', '<h1>Developer Inactive</h1>']);
    const many = await Promise.all(Array.from({ length: 40 }, () => ask('/api/vehicle/v2/ford/f-150/2018/styles')));
    expect(many.map((answer) => answer.headers.get('x-mashery-error-code'))).toContain('ERR_403_DEVELOPER_OVER_QPS');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    expect(await (await ask('/api/vehicle/v2/vins/NONE')).json()).toMatchObject({ status: 'NOT_FOUND' });
  });
});

describe('Perplexity', () => {
  const complete = async (content: string, key?: string): Promise<Response> => {
    await new Promise((resolve) => setTimeout(resolve, 250));
    return post(`${urlOf(sandbox, 'perplexity')}/chat/completions`, { model: 'sonar', messages: [{ role: 'user', content }] }, { authorization: `Bearer ${key ?? (await keyOf('perplexity'))}` });
  };

  it('answers with the truth, roughly, in JSON, in prose around JSON, and sometimes in half of it', async () => {
    const car = americans[2];
    const said: string[] = [];
    for (let turn = 0; turn < 7; turn += 1) {
      const answer = (await (await complete(`Current market value for a ${car.year} ${car.make} ${car.model} in US? JSON.`)).json()) as Parsed;
      expect(answer).toMatchObject({ choices: [{ message: { role: 'assistant' } }], citations: [expect.stringContaining('https://'), expect.anything(), expect.anything()] });
      said.push(answer.choices[0].message.content);
    }
    const whole: Parsed = JSON.parse(said[0] ?? '');
    expect(whole).toMatchObject({ currency: 'USD', average_price: expect.any(Number) });
    expect(said[1]).toContain('```json');
    expect(() => JSON.parse(said[6] ?? '')).toThrow();
  });

  it('knows a region, and what it does not know', async () => {
    const region = (await (await complete('Used-car market conditions in Bayern, DE')).json()) as Parsed;
    expect(region.choices[0].message.content).toContain('demand');
    const nothing = (await (await complete('Current market value for a 2019 Zaporozhets 968 in US?')).json()) as Parsed;
    expect(nothing.choices[0].message.content).toContain('could not find');
    expect((await complete('x', 'pplx-wrong')).status).toBe(401);
  });
});
