import { mailKinds } from '../../application/identity-mail';
import { composeMail } from './compose';

const about = { broker: 'Aurora', portalUrl: 'https://portal.example', token: 'se/cr+et=' };

describe('mails', () => {
  it.each(mailKinds.flatMap((kind) => ['en', 'de', 'it', 'xx'].map((locale) => [kind, locale] as const)))('%s in %s says who writes', (kind, locale) => {
    const { subject, text, html } = composeMail(kind, locale, about);
    expect(subject).toMatch(/^Aurora: ./);
    expect(text).toContain('Aurora');
    expect(`${text}${html}`).not.toContain('{');
  });

  it('carries the token in the fragment, which no server logs', () => {
    const { text } = composeMail('reset_password', 'en', about);
    expect(text).toContain('https://portal.example/reset-password#token=se%2Fcr%2Bet%3D');
  });

  it('a broker’s name brings neither markup nor another header', () => {
    const { subject, html } = composeMail('invitation', 'en', { ...about, broker: '<b>$& Evil</b>\r\nBcc: all@example.com' });
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain('&lt;b&gt;$&amp; Evil&lt;/b&gt;');
  });
});
