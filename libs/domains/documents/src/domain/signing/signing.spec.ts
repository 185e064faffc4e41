import { consentFor } from './consent';
import { cleanPath } from './drawn';

describe('a drawn signature', () => {
  it('is written anew from its commands and numbers', () => {
    expect(cleanPath('M10,20 L 30.123 40.456\nQ50 60 70 80 C 1 2 3 4 5 6 Z', 300, 100)).toEqual({ kind: 'path', path: 'M 10 20 L 30.12 40.46 Q 50 60 70 80 C 1 2 3 4 5 6 Z', width: 300, height: 100 });
  });

  it.each([
    ['anything but a line', 'M 1 1 L 2 2 L 3 3 L 4 4"/><script>alert(1)</script>'],
    ['other commands', 'M 1 1 l 2 2 L 3 3 L 4 4 L 5 5'],
    ['what begins nowhere', 'L 2 2 L 3 3 L 4 4'],
    ['what leaves its frame', 'M 1 1 L 2 2 L 3 3 L 400 4'],
    ['a number too few', 'M 1 1 L 2 2 L 3 3 L 4'],
    ['an empty pad', ''],
    ['a dot', 'M 1 1 L 1 1'],
    ['more than a hand can draw', `M 1 1 ${'L 2 2 '.repeat(5_000)}`],
  ])('is not %s', (_, path) => {
    expect(cleanPath(path, 300, 100)).toBeNull();
  });
});

describe('what somebody agrees to', () => {
  it('names the document by its number and hash, in its language', () => {
    const text = consentFor({ kind: 'purchase_contract', number: 'PC-2026-000001', sha256: 'abc', language: 'de' });
    expect(text).toContain('„Kaufvertrag über ein Kraftfahrzeug“ PC-2026-000001 (SHA-256 abc)');
    expect(text).not.toContain('Widerrufsfrist');
  });

  it('asks for the work to begin where the right to withdraw ends with it', () => {
    expect(consentFor({ kind: 'mandate', number: 'M-2026-000001', sha256: 'abc', language: 'it' })).toContain('prima della scadenza del termine di recesso');
  });
});
