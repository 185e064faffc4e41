export { dayOf, RateTable, type Day, type Rate } from './rate-table';
export { convertWith, type Conversion, type ConvertOptions, type RateSource } from './convert';
export { builtinDay, builtinRates } from './builtin-rates';
export { parseEcbRates, RatesFormatError } from './ecb-xml';
export { EcbRates, RatesUnreachableError, type PublishedRates } from './ecb-rates';
export { platformSchema, RateStore, type RateDatabase } from './rate-store';
export { ReferenceRates } from './reference-rates';
export { refreshRates, RefreshRates, refreshRatesDaily } from './refresh-rates';
export { ratesConfig, type RatesSettings } from './rates.config';
