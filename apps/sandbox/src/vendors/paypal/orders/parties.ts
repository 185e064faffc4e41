import type { Hash, Reading } from '../core/reading';

const parts = { address_line_1: 300, address_line_2: 300, admin_area_1: 300, admin_area_2: 120, postal_code: 60 } as const;
const ways = ['SHIPPING', 'PICKUP_IN_PERSON', 'PICKUP_IN_STORE', 'PICKUP_FROM_PERSON'] as const;

/** Where the things go, as it was given. */
export function readShipping(reading: Reading, value: unknown, field: string): Hash | null {
  const given = reading.hash(value, field);
  if (given === null) return null;
  reading.choice(given['type'], `${field}/type`, ways);
  reading.text(reading.hash(given['name'], `${field}/name`)?.['full_name'], `${field}/name/full_name`, { max: 300 });
  const address = reading.hash(given['address'], `${field}/address`);
  if (address === null) return given;
  for (const [name, max] of Object.entries(parts)) reading.text(address[name], `${field}/address/${name}`, { min: 0, max });
  const country = reading.text(address['country_code'], `${field}/address/country_code`, { min: 2, max: 2, needed: true });
  if (country !== null && !/^(?:[A-Z]{2}|C2)$/u.test(country)) reading.wrong('INVALID_PARAMETER_SYNTAX', `${field}/address/country_code`, country);
  return given;
}

/** Whose the money is to be. */
export function readPayee(reading: Reading, value: unknown, field: string): Hash | null {
  const given = reading.hash(value, field);
  const email = reading.text(given?.['email_address'], `${field}/email_address`, { min: 3, max: 254 });
  if (email !== null && !/^[^\s@]+@[^\s@]+$/u.test(email)) reading.wrong('INVALID_PARAMETER_SYNTAX', `${field}/email_address`, email);
  return given;
}
