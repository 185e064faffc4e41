/**
 * What must never be read in a log, an error report or an alert: secrets and personal data, by the name of the key and
 * by the shape of the text. Keys are compared without case, `_` and `-`, so that one entry covers every spelling.
 */
const secretKeys = [
  'authorization', 'proxyauthorization', 'cookie', 'cookies', 'setcookie', 'xapikey', 'apikey', 'secret', 'clientsecret',
  'password', 'newpassword', 'currentpassword', 'passwordhash', 'passwd', 'passphrase', 'token', 'accesstoken',
  'refreshtoken', 'idtoken', 'resettoken', 'verificationtoken', 'invitationtoken', 'privatekey', 'masterkey', 'otp',
  'totp', 'totpsecret', 'mfacode', 'recoverycode', 'recoverycodes', 'signature', 'dsn', 'connectionstring', 'databaseurl',
  'cardnumber', 'cvc', 'cvv', 'iban',
];
const personalKeys = [
  'email', 'emailaddress', 'mail', 'phone', 'phonenumber', 'mobile', 'telephone', 'firstname', 'lastname', 'givenname',
  'familyname', 'fullname', 'displayname', 'surname', 'birthdate', 'dateofbirth', 'address', 'street', 'postaladdress',
  'taxid', 'passportnumber', 'telegramchatid',
];
const hiddenKeys = new Set([...secretKeys, ...personalKeys]);
const known = new Map<string, boolean>();
const knownLimit = 5_000;

export const redacted = '[redacted]';

export function isHiddenKey(key: string): boolean {
  const before = known.get(key);
  if (before !== undefined) return before;
  const hidden = hiddenKeys.has(key.toLowerCase().replaceAll(/[_\-\s]/g, ''));
  if (known.size < knownLimit) known.set(key, hidden);
  return hidden;
}

const shapes = new RegExp(
  [
    String.raw`[\w.+%-]+@[\w-]+(?:\.[\w-]+)+`, // an e-mail address
    String.raw`\bey[\w-]{8,}\.[\w-]+\.[\w-]*`, // a JWT
    String.raw`\bab_[a-z]+_[\w-]{8,}`, // one of our API keys
    String.raw`\b(?:Bearer|Basic)\s+[\w.~+/=-]{8,}`,
    String.raw`(?<=:\/\/)[^\s/:@]+:[^\s/@]+(?=@)`, // user and password in an address
    String.raw`(?<![\w.])\+\d[\d\s().-]{6,18}\d(?![\w])`, // an international phone number
    String.raw`(?<=\b(?:password|passwd|token|secret|api_?key)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+`,
  ].join('|'),
  'gi',
);

/** The text with everything that looks like a secret or personal data blotted out. */
export const redactText = (text: string): string => text.replace(shapes, redacted);

const maxDepth = 6;
const maxItems = 100;

/** A copy that is safe to write down. Errors keep their type, message and stack (scrubbed); cycles end at a depth. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return undefined;
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= maxDepth) return '[…]';
  if (value instanceof Error) return describeError(value, depth);
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => redact(item, depth + 1));
  if (value instanceof Set) return redact([...value], depth);
  if (value instanceof Map) return redact(Object.fromEntries(value), depth);
  return redactRecord(value, depth);
}

function redactRecord(value: object, depth: number): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    copy[key] = isHiddenKey(key) && inner !== null && inner !== undefined ? redacted : redact(inner, depth + 1);
  }
  return copy;
}

export const redactFields = (fields: object): Record<string, unknown> => redactRecord(fields, 0);

function describeError(error: Error, depth: number): Record<string, unknown> {
  const described: Record<string, unknown> = {
    // Own properties of database and HTTP errors (code, constraint, status) say more than the message does.
    ...redactRecord(Object.fromEntries(Object.entries(error)), depth + 1),
    type: error.name,
    message: redactText(error.message),
    stack: error.stack === undefined ? undefined : redactText(error.stack),
  };
  if (error.cause !== undefined) described.cause = redact(error.cause, depth + 1);
  return described;
}
