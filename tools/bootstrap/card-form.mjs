// Stripe's hosted page, as the sandbox plays it and a browser fills it in.
const attribute = (tag, name) => new RegExp(`\\s${name}="([^"]*)"`, 'u').exec(tag)?.[1]?.replaceAll('&amp;', '&');

/** What is sent when a buyer pays by the card of this number, and where to: the form's own fields, with the buyer's in them. */
export const cardForm = (page, url, number) => {
  const [, form = '', inside = ''] = /(<form\b[^>]*>)([\s\S]*?)<\/form>/u.exec(page) ?? [];
  const body = new URLSearchParams();
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/gu)) {
    const name = attribute(tag, 'name');
    if (name !== undefined && (attribute(tag, 'type') !== 'radio' || /\schecked\b/u.test(tag))) body.set(name, attribute(tag, 'value') ?? '');
  }
  const typed = { email: 'erika@example.com', name: 'Erika Mustermann', card_number: number, card_expiry: '12 / 31', card_cvc: '123' };
  for (const [name, value] of Object.entries(typed)) body.set(name, value);
  return { action: new URL(attribute(form, 'action') ?? '', url), body };
};
