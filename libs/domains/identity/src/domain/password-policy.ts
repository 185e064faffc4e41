import { err, ok, refusal, type Refusal, type Result } from '@autobroker/kernel';
import { normaliseEmail } from './email';

export const passwordMinLength = 10;
/** In bytes of UTF-8: an upper bound on the work a stranger can make us hash. */
export const passwordMaxBytes = 128;

/** What people choose when they must have ten characters. Compared without case, separators, look-alike digits and whatever was hung on at the end. */
const tooCommon = new Set(
  (
    'password passwort letmein welcome welcomeback iloveyou sunshine princess football baseball ' +
    'superman batman qwerty qwertyuiop qwertzuiop asdfghjkl zxcvbnm qazwsxedc trustno dragon monkey master shadow ' +
    'michael jennifer changeme changemenow default administrator adminadmin rootroot secret supersecret testtest ' +
    'testing passwordpassword autobroker autobrokerdemo carbroker vehicle mercedes mercedesbenz volkswagen ' +
    'liverpool chelsea arsenal juventus bayernmunich abcdefghij abcdefgh computer internet whatever starwars ' +
    'correcthorsebatterystaple'
  ).split(' '),
);

const skeleton = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}]+$/u, '')
    .replace(/[@4]/g, 'a')
    .replace(/3/g, 'e')
    .replace(/0/g, 'o')
    .replace(/\$/g, 's')
    .replace(/[^\p{L}]/gu, '');

const isRun = (text: string): boolean => {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return steps.every((step) => step === 0) || steps.every((step) => step === 1) || steps.every((step) => step === -1);
};

/** NFC, so that the same keys typed on another system are the same password; nothing else is changed or trimmed. */
export const canonicalPassword = (text: string): string => text.normalize('NFC');

/** Length over composition rules; what is refused is what a guesser would try first. */
export function checkPassword(
  text: string,
  about: { readonly email?: string | null; readonly name?: string | null } = {},
): Result<string, Refusal<'password_unacceptable'>> {
  const password = canonicalPassword(text);
  const no = (code: string, detail: string): Result<string, Refusal<'password_unacceptable'>> =>
    err(refusal('password_unacceptable', detail, { errors: [{ pointer: '/password', code, detail }] }));

  const length = [...password].length;
  if (length < passwordMinLength) return no('too_short', `Use at least ${passwordMinLength} characters.`);
  if (Buffer.byteLength(password, 'utf8') > passwordMaxBytes) return no('too_long', `Use at most ${passwordMaxBytes} bytes.`);
  if (/\p{Cc}/u.test(password)) return no('control_character', 'Control characters cannot be typed reliably.');
  if (new Set(password).size < 5) return no('too_simple', 'Use more than a few different characters.');
  if (isRun(password)) return no('too_simple', 'A run of neighbouring characters is guessed first.');

  const bare = skeleton(password);
  if (tooCommon.has(bare)) return no('too_common', 'This is among the passwords that are guessed first.');

  const lower = password.toLowerCase();
  if (about.email) {
    const email = normaliseEmail(about.email);
    const local = email.split('@')[0] ?? '';
    if (lower === email || lower === local || (local.length >= 5 && skeleton(local).length >= 5 && bare === skeleton(local))) {
      return no('is_email', 'The password must not be the e-mail address.');
    }
  }
  if (about.name && about.name.trim().length >= 5 && bare === skeleton(about.name)) {
    return no('is_name', 'The password must not be your name.');
  }
  return ok(password);
}
