import { startSmtp, type SmtpServer } from '../../../../tools/engines/smtp.mjs';
import { mailSuite } from './mail.suite';
import { MailRefusedError } from './mailer';
import { SmtpMailer } from './smtp-mailer';

const from = 'Autobroker <broker@example.com>';

mailSuite('over SMTP', async () => {
  const server = await startSmtp();
  const mailer = new SmtpMailer({ url: server.url, tls: 'off', from });
  return {
    mailer,
    received: async () => (await server.inbox()).map(({ raw }) => raw),
    close: async () => {
      await mailer.close();
      await server.dispose();
    },
  };
});

describe('SMTP', () => {
  let server: SmtpServer;
  const mailers: SmtpMailer[] = [];
  const make = (options: Partial<ConstructorParameters<typeof SmtpMailer>[0]>): SmtpMailer => {
    const made = new SmtpMailer({ url: server.url, tls: 'off', from, timeoutMs: 2_000, ...options });
    mailers.push(made);
    return made;
  };
  const mail = { to: 'a@example.org', subject: 's', text: 't' };

  beforeAll(async () => {
    server = await startSmtp();
  }, 120_000);
  afterEach(async () => {
    await server.start();
    for (const mailer of mailers.splice(0)) await mailer.close();
  });
  afterAll(() => server.dispose());

  it('upgrades to TLS and logs in', async () => {
    const { messageId } = await make({ url: server.secureUrl, tls: 'required', ca: server.ca }).send(mail);
    const got = (await server.inbox()).find(({ raw }) => raw.includes(messageId));
    expect(got).toMatchObject({ tls: true, user: 'engines', from: 'broker@example.com', to: ['a@example.org'] });
  });

  it('trusts no certificate that nobody vouches for', async () => {
    await expect(make({ url: server.secureUrl, tls: 'required' }).send(mail)).rejects.toThrow(/self.signed/i);
  });

  it('fails over a wrong password', async () => {
    await expect(make({ url: server.secureUrl.replace('engines:', 'other:'), tls: 'required', ca: server.ca }).check()).rejects.toThrow();
  });

  it('tells a final refusal from a passing one', async () => {
    await expect(make({}).send({ ...mail, to: 'nobody@example.org' })).rejects.toThrow(MailRefusedError);
    const later = make({}).send({ ...mail, to: 'later@example.org' });
    await expect(later).rejects.not.toThrow(MailRefusedError);
    await expect(later).rejects.toThrow(/451/);
  });

  it('does not take one refused recipient among others for done', async () => {
    await expect(make({}).send({ ...mail, to: ['a@example.org', 'nobody@example.org'] })).rejects.toThrow(MailRefusedError);
  });

  it('fails while the server is away or silent, in time, and works when it is back', async () => {
    const mailer = make({ timeoutMs: 500 });
    await mailer.send(mail);
    await server.stop();
    await expect(mailer.send(mail)).rejects.toThrow();
    await server.start();
    await expect(mailer.send(mail)).resolves.toBeDefined();
    server.freeze();
    const began = performance.now();
    await expect(make({ timeoutMs: 500 }).send(mail)).rejects.toThrow(/greeting|timeout/i);
    expect(performance.now() - began).toBeLessThan(3_000);
    server.thaw();
  });
});
