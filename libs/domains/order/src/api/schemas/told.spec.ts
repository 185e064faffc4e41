import { listHistory } from '../routes/order.routes';
import { arrangeBody, handoverBody, legBody, registrationBody, termsBody } from './order';
import { buyerBody } from './party';

const refused = (schema: { safeParse(value: unknown): { success: boolean } } | undefined, value: unknown): boolean => schema?.safeParse(value).success === false;
const buyer = { name: 'Erika Mustermann', kind: 'private', address: { line1: 'Heidestraße 17', postal_code: '51147', city: 'Köln', country: 'DE' } };
const handover = { place: 'Köln', at: '2026-12-04T15:30:00Z', odometer_km: 48_241, keys: 2 };

describe('what people tell of a sale', () => {
  it.each(['0000-01-01', '0026-12-04', '1999-12-31', '2100-01-01', '9999-12-31', '2027-02-29', '2027-1-1'])('is of a day that there is, in this century: not of %s', (day) => {
    expect(refused(termsBody, { guarantee_months: 12, delivery: { place: 'Köln', date: day } })).toBe(true);
    const at = `${day}T12:00:00Z`;
    for (const [schema, value] of [[arrangeBody, { appointment: at }], [registrationBody, { title_received_at: at }], [legBody, { carrier: 'x', from: 'a', to: 'b', eta: at }], [handoverBody, { ...handover, at }]] as const) expect(refused(schema, value)).toBe(true);
  });

  it('stands as it was told where it is so', () => {
    expect(termsBody.parse({ guarantee_months: 12, delivery: { place: ' Köln ', date: '2028-02-29' } }).delivery).toEqual({ place: 'Köln', date: '2028-02-29' });
    expect(handoverBody.parse(handover).at).toBe(handover.at);
    expect(buyerBody.parse({ ...buyer, name: 'Zoë Ælfgar-Nuñez d’Łąka 王小明 علی‌رضا' }).name).toBe('Zoë Ælfgar-Nuñez d’Łąka 王小明 علی‌رضا');
  });

  it.each([['name', 'Erika\nMustermann'], ['name', 'Erika\u202ennamretsuM'], ['name', 'Erika\u0000'], ['licence_no', 'a\tb'], ['vat_id', '<script>']])('is one line: not %s %j', (name, value) => {
    expect(refused(buyerBody, { ...buyer, [name]: value })).toBe(true);
  });

  it.each(['XX', 'de', 'UK', 'DEU'])('is of a country that there is: not %s', (country) => {
    expect(refused(buyerBody, { ...buyer, address: { ...buyer.address, country } })).toBe(true);
  });
});

it('a history is asked for from a version that one can have', () => {
  expect(['3000000000', '-1', 'x', '1e400'].filter((after_version) => !refused(listHistory.query, { after_version }))).toEqual([]);
});
