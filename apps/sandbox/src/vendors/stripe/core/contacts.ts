import { invalid } from './errors';
import { hash, required, text, unsettable, type Reader } from './params';

/** As it goes out: every part, whether it was given or not. */
export interface Address {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}

export interface CustomerShipping {
  readonly address: Address;
  readonly name: string;
  readonly phone: string | null;
}

export interface Shipping extends CustomerShipping {
  readonly carrier: string | null;
  readonly tracking_number: string | null;
}

export const noAddress: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

const line = unsettable(text());
const parts = hash({ city: line, country: line, line1: line, line2: line, postal_code: line, state: line });

export const address: Reader<Address> = (raw, name) => {
  const { city, country, line1, line2, postal_code, state } = parts(raw, name);
  return { city: city ?? null, country: country ?? null, line1: line1 ?? null, line2: line2 ?? null, postal_code: postal_code ?? null, state: state ?? null };
};

export const email =
  (longest = 512): Reader<string> =>
  (raw, name) => {
    const value = text(longest)(raw, name);
    if (!/^[^\s@]+@[^\s@]+$/u.test(value)) throw invalid(`Invalid email address: ${value}`, { code: 'email_invalid', param: name });
    return value;
  };

const whom = { address, name: text(), phone: line } as const;
const readWhom = hash(whom);
const readSent = hash({ ...whom, carrier: line, tracking_number: line });

/** To whom a customer's things go. */
export const customerShipping: Reader<CustomerShipping> = (raw, name) => {
  const given = readWhom(raw, name);
  return { address: required(given.address, `${name}[address]`), name: required(given.name, `${name}[name]`), phone: given.phone ?? null };
};

/** To whom the things of one payment go, and how. */
export const shipping: Reader<Shipping> = (raw, name) => {
  const given = readSent(raw, name);
  return { address: required(given.address, `${name}[address]`), name: required(given.name, `${name}[name]`), phone: given.phone ?? null, carrier: given.carrier ?? null, tracking_number: given.tracking_number ?? null };
};
