import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

type Key = Awaited<ReturnType<typeof generateKeyPair>>;

interface Grant {
  readonly challenge: string;
  readonly nonce: string | null;
  readonly redirectUri: string;
}

/** Who is "signed in" at the provider, and what it says about them. */
export interface Person {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

/** A small OpenID provider over HTTP, strict about PKCE and codes, that can also be made to lie. */
export class SmallOidcProvider {
  person: Person = { sub: 'nobody' };
  /** Changes what the next ID token says or how it is signed. */
  lie: { nonce?: string; aud?: string; iss?: string; key?: Key; expired?: boolean } = {};
  private readonly grants = new Map<string, Grant>();

  private constructor(
    private readonly server: Server,
    private readonly key: Key,
    readonly clientId: string,
    readonly clientSecret: string,
  ) {}

  static async open(): Promise<SmallOidcProvider> {
    const server = createServer();
    const provider = new SmallOidcProvider(server, await generateKeyPair('RS256'), 'autobroker-at-small', 'between us two');
    server.on('request', (request, response) => {
      provider.answer(request).then(
        ({ status, body, location }) => {
          response.writeHead(status, { 'content-type': 'application/json', ...(location === undefined ? {} : { location }) });
          response.end(JSON.stringify(body ?? {}));
        },
        () => response.writeHead(500).end(),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** What the browser does: follows the authorization URL and comes back with the answer's parameters. */
  async signIn(authorizationUrl: string): Promise<{ code: string; state: string }> {
    const response = await fetch(authorizationUrl, { redirect: 'manual' });
    const back = new URL(response.headers.get('location') ?? 'http://nowhere');
    return { code: back.searchParams.get('code') ?? '', state: back.searchParams.get('state') ?? '' };
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown; location?: string }> {
    const url = new URL(request.url ?? '/', this.issuer);
    if (url.pathname === '/.well-known/openid-configuration') return { status: 200, body: this.metadata() };
    if (url.pathname === '/jwks') return { status: 200, body: { keys: [{ ...(await exportJWK(this.key.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }] } };
    if (url.pathname === '/authorize') return this.authorize(url.searchParams);
    if (url.pathname === '/token') return this.token(await form(request));
    return { status: 404 };
  }

  private metadata(): unknown {
    const at = (path: string): string => `${this.issuer}${path}`;
    return {
      issuer: this.issuer,
      authorization_endpoint: at('/authorize'),
      token_endpoint: at('/token'),
      jwks_uri: at('/jwks'),
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      code_challenge_methods_supported: ['S256'],
    };
  }

  private authorize(asked: URLSearchParams): { status: number; location?: string } {
    const redirectUri = asked.get('redirect_uri') ?? '';
    const challenge = asked.get('code_challenge');
    if (asked.get('client_id') !== this.clientId || challenge === null || asked.get('code_challenge_method') !== 'S256') return { status: 400 };
    const code = randomUUID();
    this.grants.set(code, { challenge, nonce: asked.get('nonce'), redirectUri });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    return { status: 302, location: back.href };
  }

  private async token(given: URLSearchParams): Promise<{ status: number; body: unknown }> {
    const code = given.get('code') ?? '';
    const grant = this.grants.get(code);
    this.grants.delete(code);
    const proof = createHash('sha256').update(given.get('code_verifier') ?? '').digest('base64url');
    const good =
      grant !== undefined &&
      grant.challenge === proof &&
      grant.redirectUri === given.get('redirect_uri') &&
      given.get('client_id') === this.clientId &&
      given.get('client_secret') === this.clientSecret;
    if (!good) return { status: 400, body: { error: 'invalid_grant' } };
    const { sub, ...claims } = this.person;
    const now = Math.floor(Date.now() / 1_000);
    const idToken = await new SignJWT({ ...claims, nonce: this.lie.nonce ?? grant.nonce })
      .setProtectedHeader({ alg: 'RS256', kid: 'k' })
      .setSubject(sub)
      .setIssuer(this.lie.iss ?? this.issuer)
      .setAudience(this.lie.aud ?? this.clientId)
      .setIssuedAt(now)
      .setExpirationTime(this.lie.expired === true ? now - 600 : now + 300)
      .sign((this.lie.key ?? this.key).privateKey);
    return { status: 200, body: { access_token: randomUUID(), token_type: 'Bearer', expires_in: 300, id_token: idToken } };
  }
}

async function form(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}
