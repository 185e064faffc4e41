// Cars to measure with: enough makes, models and prices that filters have something to choose from. Repeatable by seed.
import { random } from './random.mjs';

const makes = {
  Volkswagen: ['Golf', 'Polo', 'Passat', 'Tiguan', 'T-Roc', 'ID.3'], BMW: ['118i', '320d', '520d', 'X1', 'X3', 'i4'],
  Audi: ['A1', 'A3', 'A4', 'A6', 'Q3', 'Q5'], 'Mercedes-Benz': ['A 180', 'C 220', 'E 300', 'GLA', 'GLC'],
  Ford: ['Fiesta', 'Focus', 'Kuga', 'Puma', 'Mustang'], Opel: ['Corsa', 'Astra', 'Mokka', 'Insignia'],
  Renault: ['Clio', 'Megane', 'Captur', 'Zoe'], Peugeot: ['208', '308', '2008', '3008'], Toyota: ['Yaris', 'Corolla', 'RAV4', 'C-HR'],
  Skoda: ['Fabia', 'Octavia', 'Superb', 'Kodiaq'], Seat: ['Ibiza', 'Leon', 'Ateca'], Fiat: ['500', 'Panda', 'Tipo'],
  Hyundai: ['i20', 'i30', 'Tucson', 'Kona'], Kia: ['Ceed', 'Sportage', 'Niro'], Volvo: ['V60', 'XC40', 'XC60'],
  Mazda: ['2', '3', 'CX-5'], Nissan: ['Micra', 'Qashqai', 'Leaf'], Tesla: ['Model 3', 'Model Y', 'Model S'],
  Porsche: ['911', 'Cayenne', 'Macan'], Mini: ['Cooper', 'Countryman'],
};
export const makeNames = Object.keys(makes);
export const models = Object.entries(makes).flatMap(([make, names]) => names.map((model) => ({ make, model })));

const cities = [
  ['Berlin', 'DE', 52.52, 13.405], ['München', 'DE', 48.137, 11.575], ['Hamburg', 'DE', 53.551, 9.994], ['Köln', 'DE', 50.938, 6.96],
  ['Milano', 'IT', 45.464, 9.19], ['Roma', 'IT', 41.903, 12.496], ['Paris', 'FR', 48.857, 2.352], ['Lyon', 'FR', 45.764, 4.836],
  ['London', 'GB', 51.507, -0.128], ['Madrid', 'ES', 40.417, -3.704], ['Wien', 'AT', 48.208, 16.373], ['Zürich', 'CH', 47.377, 8.541],
];

const bodies = ['hatchback', 'hatchback', 'sedan', 'estate', 'suv', 'suv', 'suv', 'coupe', 'convertible', 'van'];
const trims = ['Base', 'Comfort', 'Comfort', 'Style', 'Style', 'Sport', 'Business', 'Edition', 'R-Line', 'Premium'];
const regions = ['North', 'East', 'South', 'West', 'Centre', 'Coast', 'Lakes', 'Hills'];
const vinLetters = 'ABCDEFGHJKLMNPRSTUVWXYZ0123456789';

/** A letter for each digit in base 33: 17 places, none twice. */
const vinOf = (seed, index) => {
  let rest = seed * 1_000_000 + index;
  let text = '';
  for (let place = 0; place < 13; place += 1, rest = Math.floor(rest / vinLetters.length)) text = vinLetters[rest % vinLetters.length] + text;
  return `WBZZ${text}`;
};

/** What only some filters ask for. From a stream of its own, so that it leaves the rest of the car as it is. */
const particulars = (seed) => {
  const next = random(seed + 1_000_003);
  const pick = (list) => list[Math.floor(next() * list.length)];
  const rarely = (share, some, usual) => (next() < share ? pick(some) : usual);
  return (index, electric) => ({
    trim: pick(trims),
    body: pick(bodies),
    drivetrain: next() < 0.6 ? 'fwd' : next() < 0.5 ? 'rwd' : 'awd',
    interior: rarely(0.3, ['beige', 'brown', 'red', 'white'], 'black'),
    region: pick(regions),
    condition: rarely(0.12, ['demonstration', 'damaged', 'not_running'], 'used'),
    damage_type: rarely(0.15, ['front', 'rear', 'side'], 'none'),
    title_status: rarely(0.1, ['salvage', 'rebuilt', 'export_only'], 'clean'),
    engine_displacement_cc: electric ? null : 900 + Math.floor(next() ** 2 * 36) * 100,
    seats: rarely(0.2, [2, 4, 7, 9], 5),
    vin: next() < 0.4 ? vinOf(seed, index) : null,
    images: next() < 0.7 ? [`https://cars.example/${seed}/${index}/1.jpg`] : [],
  });
};

/** `count` rows as the bulk route takes them. */
export const cars = (count, seed = 1) => {
  const next = random(seed);
  const particularsOf = particulars(seed);
  const pick = (list) => list[Math.floor(next() * list.length)];
  return Array.from({ length: count }, (_, index) => {
    // The first makes are the popular ones.
    const make = makeNames[Math.floor(next() ** 1.6 * makeNames.length)];
    const model = pick(makes[make]);
    const year = 2026 - Math.floor(next() ** 1.5 * 18);
    const age = 2026 - year;
    const mileage = Math.round((age * 14_000 + 3_000) * (0.5 + next()));
    const base = 14_000 + makeNames.indexOf(make) * 900 + model.length * 700;
    const price = Math.max(900, Math.round(base * 1.6 * 0.86 ** age * (0.8 + next() * 0.4)));
    const [city, country, lat, lon] = pick(cities);
    const electric = make === 'Tesla' || next() < 0.08;
    const { interior, region, ...particular } = particularsOf(index, electric);
    return {
      source: `bench-${index % 5}`,
      external_id: `car-${seed}-${index}`,
      url: `https://cars.example/${seed}/${index}`,
      make,
      model,
      year,
      mileage: { value: mileage, unit: 'km' },
      fuel: electric ? 'electric' : next() < 0.45 ? 'diesel' : 'petrol',
      gearbox: next() < 0.55 ? 'automatic' : 'manual',
      power: { kw: 55 + Math.floor(next() * 200) },
      doors: next() < 0.2 ? 3 : 5,
      ...particular,
      colour: { exterior: pick(['black', 'white', 'grey', 'silver', 'blue', 'red']), interior },
      features: ['air_conditioning', 'navigation', 'heated_seats', 'parking_sensors'].filter(() => next() < 0.5),
      description: `${make} ${model} of ${year}, ${city}. Service history, two keys, inspection done.`,
      owners_count: 1 + Math.floor(next() * 3),
      location: { city, region, country, coordinates: { lat: lat + next() - 0.5, lon: lon + next() - 0.5 } },
      price: { amount: price * 100, currency: country === 'GB' ? 'GBP' : 'EUR' },
    };
  });
};
