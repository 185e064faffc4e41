import { listingCaptured, type CapturedFieldName, type CapturedFields } from '@autobroker/contracts';
import type { Captured } from '../../domain/ingest/captured';
import type { News } from './ingest-listings';

type Words = Partial<Record<CapturedFieldName, string | readonly string[]>>;

const golf: Words = {
  title: 'VW Golf VII GTI 2.0 TSI DSG',
  make: 'VW',
  model: 'Golf',
  trim: 'GTI',
  year: '2017',
  mileage: '48.217 km',
  price: '18.990 €',
  fuel: 'Benzin',
  gearbox: 'Automatik',
  body: 'Limousine',
  power: '169 kW (230 PS)',
  color: 'Weiß',
  city: 'München',
  postal_code: '80331',
  country: 'DE',
};

/** For specs: a captured Golf as a German source writes it, with whatever a spec cares about put in; undefined takes a field out. */
export function aCapture(source: string, externalId: string, capturedAt: Date, words: Record<string, string | readonly string[] | undefined> = {}, more: Partial<Captured> = {}): Captured {
  const fields: Record<string, Captured['fields'][string]> = {};
  for (const [name, value] of Object.entries({ ...golf, ...words })) if (value !== undefined) fields[name] = { value, from: 'json_ld', confidence: 0.95 };
  return {
    source,
    externalId,
    url: `https://${source}.example/${externalId}`,
    capturedAt,
    kind: 'detail',
    hints: { locale: 'de-DE', currency: 'EUR', mileageUnit: 'km', country: 'DE', auction: false },
    fields,
    ...more,
  };
}

export const captured = (...args: Parameters<typeof aCapture>): News => ({ kind: 'captured', captured: aCapture(...args) });

/** The same as the scraper tells it. */
export function capturedEvent({ source, externalId, url, capturedAt, kind, hints, fields }: Captured, seq: number) {
  const data = listingCaptured.data.parse({
    source,
    external_id: externalId,
    url,
    run_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60',
    query_id: null,
    seq,
    capture_id: null,
    captured_at: capturedAt.toISOString(),
    kind,
    hints: { locale: hints.locale, currency: hints.currency, mileage_unit: hints.mileageUnit, country: hints.country, auction: hints.auction },
    fields: fields satisfies Record<string, unknown> as CapturedFields,
  });
  return { key: `${source}:${externalId}`, tenantId: null, data };
}
