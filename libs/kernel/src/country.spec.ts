import { euCountries, isCountryCode } from '.';

it('a country is one that there is', () => {
  expect(['DE', 'IT', 'US', 'CH', 'XK', ...euCountries].filter((code) => !isCountryCode(code))).toEqual([]);
  expect(['XX', 'ZZ', 'UK', 'EU', 'de', '', 'DEU'].filter(isCountryCode)).toEqual([]);
});
