import { documentPatience, signaturePatience } from './patience';

const days = (seconds: readonly number[]): number => seconds.reduce((sum, each) => sum + each, 0) / 86_400;

it.each([
  ['a document', documentPatience, 14, 63],
  ['a signature', signaturePatience, 30, 764],
])('%s is asked for ever more rarely, and not for ever', (_, patience, lasts, tries) => {
  expect(patience.every((delay, index) => delay >= (patience[index - 1] ?? 60))).toBe(true);
  expect(Math.round(days(patience))).toBe(lasts);
  expect(patience).toHaveLength(tries);
});
