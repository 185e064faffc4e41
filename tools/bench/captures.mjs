// Captured listings as sources write them: their own words, numbers and units; some cars at several sources, some with faults.
import { cars } from './cars.mjs';
import { random } from './random.mjs';

const sources = {
  'mobile-de': { locale: 'de-DE', currency: 'EUR', unit: 'km', country: 'DE' },
  autoscout24: { locale: 'de-DE', currency: 'EUR', unit: 'km', country: 'DE' },
  gumtree: { locale: 'en-GB', currency: 'GBP', unit: 'mi', country: 'GB' },
  'cars-com': { locale: 'en-US', currency: 'USD', unit: 'mi', country: 'US' },
};
const names = Object.keys(sources);
const words = {
  'de-DE': { petrol: 'Benzin', diesel: 'Diesel', electric: 'Elektro', automatic: 'Automatik', manual: 'Schaltgetriebe', black: 'Schwarz', white: 'Weiß', grey: 'Grau', silver: 'Silber', blue: 'Blau', red: 'Rot' },
};

const say = (word, locale) => words[locale]?.[word] ?? word;

/** An endless supply would do; this ends after `count`. Every third car is at a second source, every tenth at a third. */
export function* captures(count, seed) {
  const next = random(seed);
  const run = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60';
  const started = Date.now() - 3_600_000;
  let seq = 0;
  // A block at a time: the bench must not hold what it measures.
  for (let block = 0; seq < count; block += 1) {
    for (const car of cars(1_000, seed * 100_003 + block)) {
      const posts = next() < 0.1 ? 3 : next() < 0.25 ? 2 : 1;
      const home = Math.floor(next() * names.length);
      for (let post = 0; post < posts && seq < count; post += 1) {
        const source = names[(home + post) % names.length];
        yield capture(car, source, `${seed}-${block}-${car.external_id}`, run, seq, new Date(started + seq), next);
        seq += 1;
      }
    }
  }
}

function capture(car, source, id, run, seq, at, next) {
  const { locale, currency, unit, country } = sources[source];
  const format = new Intl.NumberFormat(locale);
  const distance = unit === 'km' ? car.mileage.value : Math.round(car.mileage.value / 1.609344);
  const field = (value, from = 'json_ld', confidence = 0.95) => ({ value, from, confidence });
  const maybe = (share, fields) => (next() < share ? fields : {});
  return {
    source,
    external_id: id,
    url: `https://${source}.example/${id}`,
    run_id: run,
    query_id: null,
    seq,
    capture_id: null,
    captured_at: at.toISOString(),
    kind: 'detail',
    hints: { locale, currency, mileage_unit: unit, country: null, auction: false },
    fields: {
      title: field(`${car.make} ${car.model} ${say(car.fuel, locale)}`, 'selector', 0.8),
      make: field(car.make === 'Volkswagen' && next() < 0.5 ? 'VW' : car.make),
      model: field(car.model),
      year: field(String(car.year)),
      mileage: field(`${format.format(distance)} ${unit}`, 'selector', 0.8),
      price: field(`${format.format(Math.round(car.price.amount / 100))} ${currency}`),
      fuel: field(say(car.fuel, locale)),
      gearbox: field(say(car.gearbox, locale)),
      color: field(say(car.colour.exterior, locale)),
      power: field(`${car.power.kw} kW`),
      doors: field(String(car.doors)),
      city: field(car.location.city),
      country: field(car.location.country),
      description: field(`${car.description} Call +49 151 23456789 or write to seller@example.com.`, 'selector', 0.8),
      images: field([1, 2, 3].map((n) => `https://img.${source}.example/${id}/${n}.jpg`)),
      ...maybe(0.3, { vin: field(vinOf(car.external_id, car.year)) }),
      ...maybe(0.6, { image_hashes: field([1, 2, 3].map((n) => hashOf(`${id}/${n}`))) }),
    },
  };
}

/** The same for the same text: FNV, twice. */
function hashOf(text) {
  let [left, right] = [0x811c9dc5, 0x1234567];
  for (const character of text) {
    left = Math.imul(left ^ character.charCodeAt(0), 0x01000193) >>> 0;
    right = Math.imul(right ^ character.charCodeAt(0), 0x01000193) >>> 0;
  }
  return left.toString(16).padStart(8, '0') + right.toString(16).padStart(8, '0');
}

const alphabet = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';

/** Seventeen characters of a European make-up, whose number is the car's own. */
function vinOf(text) {
  const hash = BigInt(`0x${hashOf(text)}`);
  let rest = hash;
  let tail = '';
  for (let index = 0; index < 10; index += 1) {
    tail += alphabet[Number(rest % 33n)];
    rest /= 33n;
  }
  return `TMBZZZ${tail}${String(hash % 10n)}`.slice(0, 17);
}
