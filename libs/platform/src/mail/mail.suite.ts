import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MailRefusedError, type Mailer } from './mailer';
import { readMail, type ReadMail } from './read-mail.suite';

/** What a mailer promises, wherever the mail goes. `received` gives what arrived so far, as it travels. */
export const mailSuite = (
  title: string,
  open: () => Promise<{ mailer: Mailer; received: () => Promise<Buffer[]>; close: () => Promise<void> }>,
): void => {
  describe(`mail ${title}`, () => {
    let place: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      place = await open();
    }, 120_000);
    afterAll(() => place.close());

    const arrived = async (messageId: string): Promise<ReadMail> => {
      const found = (await place.received()).map(readMail).find((mail) => mail.headers.get('message-id') === messageId);
      if (found === undefined) throw new Error(`${messageId} did not arrive`);
      return found;
    };

    it('can be checked', async () => {
      await expect(place.mailer.check()).resolves.toBeUndefined();
    });

    it('arrives with both bodies, its subject and its sender', async () => {
      const text = 'Grüße aus München — €18.990 🚗\n.a line with a dot\n' + 'long '.repeat(300) + '\n';
      const html = '<p>Grüße <b>🚗</b></p>';
      const { messageId } = await place.mailer.send({ to: 'Jürgen Müller <juergen@example.org>', subject: 'Neues Angebot: Škoda für 18.990 € 🚗'.repeat(3), text, html });
      const mail = await arrived(messageId);
      expect(mail.headers.get('subject')).toBe('Neues Angebot: Škoda für 18.990 € 🚗'.repeat(3));
      expect(mail.headers.get('from')).toContain('<broker@example.com>');
      expect(mail.headers.get('to')).toBe('Jürgen Müller <juergen@example.org>');
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
      expect(mail.headers.get('date')).toBeDefined();
      expect(mail.part('text/plain').replaceAll('\r\n', '\n')).toBe(text);
      expect(mail.part('text/html')).toBe(html);
    });

    it('goes to several, with reply address, headers and attachments', async () => {
      const content = Buffer.from([0, 1, 2, 250, 251, 13, 10, 46, 13, 10, 255]);
      const { messageId } = await place.mailer.send({
        to: ['a@example.org', 'b@example.org'],
        replyTo: 'Desk <desk@example.com>',
        subject: 'x',
        text: 'x',
        headers: { 'X-Tenant': 'münchen', 'List-Unsubscribe': '<https://example.com/u>' },
        attachments: [{ name: 'Vertrag Nr. 7 – ü.pdf', contentType: 'application/pdf', content }],
      });
      const mail = await arrived(messageId);
      expect(mail.headers.get('to')).toBe('a@example.org, b@example.org');
      expect(mail.headers.get('reply-to')).toBe('Desk <desk@example.com>');
      expect(mail.headers.get('x-tenant')).toBe('münchen');
      expect(mail.headers.get('list-unsubscribe')).toBe('<https://example.com/u>');
      expect(mail.bytes('application/pdf')).toEqual(content);
    });

    it('has the same Message-ID when it is sent again', async () => {
      const again = { to: 'a@example.org', subject: 's', text: 't', id: 'delivery-1' };
      const [first, second] = [await place.mailer.send(again), await place.mailer.send(again)];
      const other = await place.mailer.send({ ...again, id: 'delivery-2' });
      expect(second.messageId).toBe(first.messageId);
      expect(other.messageId).not.toBe(first.messageId);
    });

    const hostile: [string, Partial<Parameters<Mailer['send']>[0]>][] = [
      ['a line break in the subject', { subject: 'x\r\nBcc: victim@example.org' }],
      ['a bare newline in the subject', { subject: 'x\nBcc: victim@example.org' }],
      ['a line break in the recipient', { to: 'a@example.org\r\nBcc: victim@example.org' }],
      ['a line break in the name', { to: 'A\nBcc: victim@example.org <a@example.org>' }],
      ['two recipients in one', { to: 'a@example.org, victim@example.org' }],
      ['a recipient within a name', { to: 'a@example.org <victim@example.org>, b@example.org' }],
      ['no recipient', { to: [] }],
      ['no address', { to: 'somebody' }],
      ['a line break in the reply address', { replyTo: 'a@example.org\nBcc: victim@example.org' }],
      ['a line break in a header', { headers: { 'X-A': 'x\r\nBcc: victim@example.org' } }],
      ['a header that addresses', { headers: { Bcc: 'victim@example.org' } }],
      ['a header name with more in it', { headers: { 'X-A: x\r\nBcc': 'victim@example.org' } }],
      ['a line break in an attachment name', { attachments: [{ name: 'a\r\nX: y', contentType: 'a/b', content: Buffer.from('') }] }],
    ];
    it.each(hostile)('refuses %s', async (_what, over) => {
      const before = (await place.received()).length;
      await expect(place.mailer.send({ to: 'a@example.org', subject: 's', text: 't', ...over })).rejects.toThrow(MailRefusedError);
      expect(await place.received()).toHaveLength(before);
    });

    it('keeps what looks like a header in a body in the body', async () => {
      const { messageId } = await place.mailer.send({ to: 'a@example.org', subject: 's', text: '\r\n.\r\nBcc: victim@example.org\r\n\r\nx' });
      const mail = await arrived(messageId);
      expect(mail.headers.get('bcc')).toBeUndefined();
      expect(mail.part('text/plain')).toContain('Bcc: victim@example.org');
    });
  });
};
