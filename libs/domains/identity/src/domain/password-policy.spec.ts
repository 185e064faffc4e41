import { canonicalPassword, checkPassword } from './password-policy';

const reason = (password: string, about = {}): string => {
  const result = checkPassword(password, about);
  return result.ok ? 'accepted' : (result.error.errors?.[0]?.code ?? '');
};

describe('which passwords are accepted', () => {
  it.each([
    ['a sentence', 'my aunt drives a green van'],
    ['ten mixed characters', 'v8-Turbo?x'],
    ['letters of any script', 'пароль из семи слов'],
    ['emoji', '🚗🏁🛞🔧⛽🚦🅿️🛣️🚙🏎️'],
    ['blanks at the ends', '  spaces count too  '],
    ['exactly 128 bytes', 'abcdefg1'.repeat(16)],
  ])('%s', (_what, password) => {
    expect(reason(password)).toBe('accepted');
  });

  it.each([
    ['too_short', 'v8-Turbo?'],
    ['too_short', ''],
    ['too_long', `${'abcdefg1'.repeat(16)}x`],
    ['too_long', 'ä🚗b1'.repeat(20)],
    ['too_simple', 'aaaaaaaaaaaa'],
    ['too_simple', 'ababababab'],
    ['too_simple', '0123456789'],
    ['too_simple', 'zyxwvutsrqp'],
    ['too_common', 'Password123!'],
    ['too_common', 'P@$$w0rd2026'],
    ['too_common', 'QWERTYUIOP'],
    ['too_common', 'changeme!!2026'],
    ['control_character', 'tabs\tare hard'],
    ['control_character', 'null\u0000in the middle'],
  ])('%s: %j is refused', (code, password) => {
    expect(reason(password)).toBe(code);
  });

  it('the e-mail address and the name are what a guesser tries next', () => {
    expect(reason('Ada.Lovelace@Example.com', { email: 'ada.lovelace@example.com' })).toBe('is_email');
    expect(reason('ada.lovelace', { email: 'ada.lovelace@example.com' })).toBe('is_email');
    expect(reason('AdaLovelace1815', { email: 'x@example.com', name: 'Ada Lovelace' })).toBe('is_name');
    expect(reason('AdaLovelace1815', { email: 'x@example.com', name: 'Grace Hopper' })).toBe('accepted');
  });

  it('the same keys on another keyboard layer are the same password', () => {
    expect(canonicalPassword('caf\u0065\u0301 au lait')).toBe(canonicalPassword('café au lait'));
  });
});
