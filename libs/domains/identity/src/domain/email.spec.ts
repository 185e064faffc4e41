import { isEmail, maskEmail, normaliseEmail } from './email';

describe('one mailbox has one spelling', () => {
  it.each([
    ['  Ada@Example.COM ', 'ada@example.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['Straße@Example.com', 'straße@example.com'],
    ['a.da+cars@example.com', 'a.da+cars@example.com'],
  ])('%s is kept as %s', (typed, kept) => {
    expect(normaliseEmail(typed)).toBe(kept);
    expect(normaliseEmail(normaliseEmail(typed))).toBe(kept);
  });

  it.each(['ada@example.com', 'a@b.co', 'o’brien@exämple.de', 'x+y@sub.example.co.uk'])('accepts %s', (text) => {
    expect(isEmail(text)).toBe(true);
  });

  it.each([
    '', 'ada', '@example.com', 'ada@', 'ada@localhost', 'a b@example.com', 'ada@example..com', 'ada@-x.com',
    'ada@example.com\r\nBcc: eve@example.com', 'ada\u0000@example.com', `${'a'.repeat(65)}@example.com`, 'a@b@c.com',
    '<ada@example.com>', `ada@${'x'.repeat(250)}.com`,
  ])('refuses %j', (text) => {
    expect(isEmail(text)).toBe(false);
  });

  it('shows a log no more than the first letter', () => {
    expect(maskEmail('ada@example.com')).toBe('a…@example.com');
    expect(maskEmail('nonsense')).toBe('…');
  });
});
