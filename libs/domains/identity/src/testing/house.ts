import { mailer, type Mailer, type MailMessage } from '@autobroker/platform/mail';
import { testApp, type TestApp } from '@autobroker/platform/testing';
import type { Database } from '@autobroker/platform/database';
import { demoPassword, SeedDemo } from '../application/seed-demo';
import { REAL_TIME } from '../application/real-time';
import { identityService } from '../identity.module';

export interface Wire {
  readonly status: number;
  readonly headers: Headers;
  // What a test looks at is its own business.
  readonly body: { data: Record<string, unknown> & unknown[]; error: { code: string; [member: string]: unknown } | null; meta: { pagination?: Record<string, unknown> } };
}

export interface SignedInUser {
  readonly access: string;
  readonly refresh: string;
  readonly session: string;
  readonly id: string;
}

export const aurora = 'aurora-motors';
export const blueline = 'blueline-autos';
export const password = demoPassword;

/** The whole service on a database of its own with the demo in it, spoken to over HTTP, its mails caught. */
export class House {
  readonly mails: MailMessage[] = [];

  private constructor(readonly app: TestApp) {}

  static async open(env: NodeJS.ProcessEnv = {}): Promise<House> {
    const app = await testApp({
      services: [identityService],
      env: { RATE_LIMIT_SCALE: '1000', IDENTITY_ANSWER_FLOOR_MS: '0', ...env },
    });
    const house = new House(app);
    const post = app.app.get<Mailer>(mailer);
    post.send = (message) => {
      house.mails.push(message);
      return Promise.resolve({ messageId: 'caught' });
    };
    await app.app.get<SeedDemo>(SeedDemo).seed({ tenants: [], accounts: [] });
    return house;
  }

  get db(): Database {
    return this.app.of('identity');
  }

  /** Moves the time of tokens, waits and sessions, and lets it run on from there. */
  later(ms: number): void {
    const time = this.app.app.get<{ shift(ms: number): void }>(REAL_TIME);
    time.shift(ms);
  }

  async call(method: string, path: string, options: { body?: unknown; as?: string | undefined; tenant?: string | undefined; headers?: Record<string, string> } = {}): Promise<Wire> {
    const response = await this.app.call(path.startsWith('/.') ? path : `/api/v1${path}`, {
      method,
      ...(options.body === undefined ? {} : { body: options.body }),
      headers: {
        ...(options.as === undefined ? { 'x-tenant': options.tenant ?? aurora } : { authorization: `Bearer ${options.as}` }),
        ...(['PATCH', 'PUT', 'DELETE'].includes(method) ? { 'if-match': '*' } : {}),
        ...options.headers,
      },
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  }

  async login(email: string, tenant = aurora, secret = password): Promise<SignedInUser> {
    const answer = await this.call('POST', '/auth/login', { body: { email, password: secret }, tenant });
    if (answer.status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(answer.body)}`);
    return signedIn(answer);
  }

  /** The newest mail to somebody, once it has arrived. */
  async mailTo(email: string, after = 0): Promise<{ message: MailMessage; token: string }> {
    for (const end = performance.now() + 10_000; ; ) {
      const message = this.mails.slice(after).findLast((one) => one.to === email);
      if (message !== undefined) return { message, token: decodeURIComponent(/#token=(\S+)/.exec(message.text)?.[1] ?? '') };
      if (performance.now() > end) throw new Error(`no mail to ${email}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** A new buyer with a proved address. */
  async buyer(email: string, secret = 'a green van in the rain', tenant = aurora): Promise<SignedInUser> {
    const before = this.mails.length;
    await this.call('POST', '/auth/register', { body: { email, password: secret }, tenant });
    const { token } = await this.mailTo(email, before);
    await this.call('POST', '/auth/verify-email', { body: { token }, tenant });
    return this.login(email, tenant, secret);
  }

  audit(action: string): Promise<{ object_id: string; actor_id: string | null; reason: string | null }[]> {
    return this.db.query('select object_id, actor_id, reason from identity.audit_log where action = $1 order by at', [action]);
  }

  close(): Promise<void> {
    return this.app.close();
  }
}

export const signedIn = (answer: Wire): SignedInUser => ({
  access: String(answer.body.data['access_token']),
  refresh: String(answer.body.data['refresh_token']),
  session: String(answer.body.data['session_id']),
  id: String((answer.body.data['user'] as { id: string }).id),
});
