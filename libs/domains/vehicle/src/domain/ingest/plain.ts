export const isCountry = (text: string): boolean => /^[A-Z]{2}$/u.test(text);

/** An address that a browser may be sent to. */
export function plainWebAddress(text: string): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
