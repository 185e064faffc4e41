import { companyNames, firstNames, lastNames } from './data/names';
import { places, type Place } from './data/places';
import { Dice } from './dice';
import type { Seller } from './car';
import type { MarketCountry } from './sources';

/** The dealers of each country, the same for the same seed, made when they are first met. */
export class Sellers {
  private readonly dealers = new Map<string, Seller>();
  private readonly perCountry: Readonly<Record<MarketCountry, number>>;

  constructor(
    private readonly seed: number,
    cars: number,
  ) {
    const share = (part: number): number => Math.max(10, Math.round((cars * part) / 28));
    this.perCountry = { US: share(0.44), DE: share(0.3), GB: share(0.13), IT: share(0.06), FR: share(0.07) };
  }

  dealer(country: MarketCountry, dice: Dice): Seller {
    // Some dealers are larger than others.
    const count = this.perCountry[country];
    const n = Math.floor(count * dice.next() ** 1.6);
    const key = `${country}-${n}`;
    const known = this.dealers.get(key);
    if (known !== undefined) return known;
    const made = this.makeDealer(country, n);
    this.dealers.set(key, made);
    return made;
  }

  private makeDealer(country: MarketCountry, n: number): Seller {
    const dice = new Dice(this.seed, 0x5e11e4, n, country.charCodeAt(0), country.charCodeAt(1));
    const place = placeIn(country, dice);
    const channel = channelOf(country, n);
    const first = dice.pick(firstNames[country]);
    const last = dice.pick(lastNames[country]);
    const company = channel === 'site' ? `Autohaus Brandt ${place.city}` : dice.pick(companyNames[country]).replace('{last}', last).replace('{city}', place.city);
    const domain = company.normalize('NFD').replace(/[^a-zA-Z0-9]+/gu, '').toLowerCase().slice(0, 28);
    return { id: `d${country.toLowerCase()}${n + 1}`, kind: 'dealer', name: company, contact: `${first} ${last}`, phone: phoneIn(country, dice), email: `${desks[country]}@${domain}.example`, place, channel };
  }
}

const desks: Readonly<Record<MarketCountry, string>> = { US: 'sales', DE: 'verkauf', GB: 'sales', IT: 'vendite', FR: 'contact' };

function channelOf(country: MarketCountry, n: number): Seller['channel'] {
  if (country === 'DE') return n % 5 === 0 ? 'site' : n % 5 === 2 ? 'feed' : 'none';
  return country === 'GB' && n % 4 === 1 ? 'feed' : 'none';
}

export function privateSeller(country: MarketCountry, index: number, dice: Dice): Seller {
  return new PrivateSeller(country, index, placeIn(country, dice), dice.int(0, 2 ** 31));
}

/** There are many, and few are ever asked for their name: it is made up when it is needed. */
class PrivateSeller implements Seller {
  readonly kind = 'private';
  readonly channel = 'none';

  constructor(
    private readonly country: MarketCountry,
    private readonly index: number,
    readonly place: Place,
    private readonly seed: number,
  ) {}

  get id(): string {
    return `p${this.index}`;
  }

  get name(): string {
    const { first, last } = this.names();
    return `${first} ${last.charAt(0)}.`;
  }

  get contact(): string {
    const { first, last } = this.names();
    return `${first} ${last}`;
  }

  get phone(): string {
    return phoneIn(this.country, new Dice(this.seed, 2));
  }

  get email(): string {
    const plain = this.contact.normalize('NFD').replace(/\s+/gu, '.').replace(/[^a-zA-Z.]+/gu, '').toLowerCase();
    return `${plain}${1 + (this.seed % 99)}@mail.example`;
  }

  private names(): { first: string; last: string } {
    const dice = new Dice(this.seed, 1);
    return { first: dice.pick(firstNames[this.country]), last: dice.pick(lastNames[this.country]) };
  }
}

export function auctionSeller(index: number, dice: Dice): Seller {
  return { id: `a${index}`, kind: 'auction', name: dice.pick(['Insurance company', 'Dealer consignor', 'Fleet operator', 'Finance company', 'Charity']), contact: '', phone: '', email: '', place: placeIn('US', dice), channel: 'none' };
}

const placeWeights = new Map<MarketCountry, readonly (readonly [Place, number])[]>();

function placeIn(country: MarketCountry, dice: Dice): Place {
  let weighted = placeWeights.get(country);
  if (weighted === undefined) {
    // The square root: small towns have cars too.
    weighted = places[country].map((place) => [place, Math.sqrt(place.weight)] as const);
    placeWeights.set(country, weighted);
  }
  const place = dice.weighted(weighted);
  // Somewhere in town, not all on the town hall's steps.
  const around = (degrees: number): number => Math.round((degrees + dice.between(-0.04, 0.04)) * 10_000) / 10_000;
  return { ...place, latitude: around(place.latitude), longitude: around(place.longitude) };
}

function phoneIn(country: MarketCountry, dice: Dice): string {
  const digits = (count: number): string => Array.from({ length: count }, () => dice.int(0, 9)).join('');
  switch (country) {
    case 'US':
      return `(${dice.int(201, 989)}) 555-${digits(4)}`;
    case 'DE':
      return `01${dice.pick(['51', '60', '70', '72', '76'])} ${digits(3)} ${digits(4)}`;
    case 'GB':
      return `07${digits(3)} ${digits(6)}`;
    case 'IT':
      return `+39 3${digits(2)} ${digits(7)}`;
    case 'FR':
      return `06 ${digits(2)} ${digits(2)} ${digits(2)} ${digits(2)}`;
  }
}
