/**
 * One spelling per mailbox, so that the blind index finds it and nobody registers the same address twice.
 * Dots and plus-tags stay: what they mean is the mail provider's business.
 */
export const normaliseEmail = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Deliberately plain: something, an @, a name with a dot; whether it exists is proved by the mailed token. */
const shape = /^[^\s@"(),:;<>[\]\\\p{C}]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+[\p{L}\p{N}-]{2,63}$/u;

export const isEmail = (text: string): boolean => text.length <= 254 && shape.test(normaliseEmail(text));

/** What a log or a screen may show of an address: `j…@example.com`. */
export const maskEmail = (email: string): string => {
  const at = email.lastIndexOf('@');
  return at < 1 ? '…' : `${email.slice(0, 1)}…${email.slice(at)}`;
};
