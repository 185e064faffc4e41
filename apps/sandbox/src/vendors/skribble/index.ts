import { randomUUID } from 'node:crypto';
import { get, json, page, post, redirect, text, type Answer, type Exchange, type Handler } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { isRecord, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import type { Vendor, World } from '../../shared/vendor';

const username = 'api_autobroker_sandbox';
const apiKey = '3b7d1f52-8c0e-4f6a-9d21-5e7c0a94b6f8';
/** A token is good for so long. */
const tokenMs = 20 * 60_000;

interface SignatureRequest {
  readonly id: string;
  readonly documentId: string;
  readonly title: string;
  readonly quality: string;
  readonly email: string;
  readonly custom: string | null;
  readonly content: Buffer;
  readonly createdAt: string;
  status: 'OPEN' | 'SIGNED' | 'DECLINED' | 'WITHDRAWN';
  signedAt: string | null;
}

const refused = (status: number, error: string, message: string): Answer => json({ error, message, status }, { status });

const shown = (world: World, request: SignatureRequest) => ({
  id: request.id,
  title: request.title,
  document_id: request.documentId,
  quality: request.quality,
  legislation: 'EIDAS',
  signing_url: `${world.baseUrl()}/view/${request.documentId}/${request.id}`,
  status_overall: request.status,
  ...(request.custom === null ? {} : { custom: request.custom }),
  signatures: [
    {
      sid: `${request.id}-1`,
      signer_identity_data: { email_address: request.email },
      order: 1,
      status_code: request.status,
      ...(request.signedAt === null ? {} : { signed_at: request.signedAt }),
    },
  ],
  owner: username,
  created_at: request.createdAt,
  updated_at: request.signedAt ?? request.createdAt,
});

/** The page where somebody reads the document and puts their name under it. */
const signingPage = ({ title, email, status }: SignatureRequest): Answer =>
  page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title}</title></head><body><h1>${title}</h1><p>For ${email}. Status: ${status}.</p>
<form method="post" action="?"><button name="do" value="sign">Sign</button><button name="do" value="decline">Decline</button></form></body></html>`);

export const skribble: Vendor = {
  slug: 'skribble',
  title: 'Skribble',
  kind: 'signature',
  key: { username, api_key: apiKey },
  startPath: '/',
  robots: () => robotsTxt(['/v2/', '/view/']),
  routes: (world) => {
    const requests = new Map<string, SignatureRequest>();
    const tokens = new Map<string, number>();

    const guarded =
      (handle: Handler): Handler =>
      (exchange) => {
        const token = /^Bearer (\S+)$/u.exec(exchange.headers.authorization ?? '')?.[1];
        const until = token === undefined ? undefined : tokens.get(token);
        // In real time, as tokens are: the market's clock may be moved by days.
        if (until === undefined || until < Date.now()) return refused(401, 'Unauthorized', 'The access token is missing, wrong or has expired');
        return handle(exchange);
      };
    const withRequest = (handle: (request: SignatureRequest, exchange: Exchange) => Answer): Handler => (exchange) => {
      const request = requests.get(exchange.params['id'] ?? '');
      return request === undefined ? refused(404, 'Not Found', 'There is no such signature request') : handle(request, exchange);
    };

    const login = ({ body }: Exchange): Answer => {
      const asked = readRecord(body);
      if (textOf(asked?.['username']) !== username || textOf(asked?.['api-key']) !== apiKey) return refused(401, 'Unauthorized', 'Username or API key is wrong');
      const token = randomUUID().replaceAll('-', '') + randomUUID().replaceAll('-', '');
      tokens.set(token, Date.now() + tokenMs);
      return text('text/plain; charset=utf-8', token);
    };

    const create = ({ body, now }: Exchange): Answer => {
      const asked = readRecord(body);
      const [title, content] = [textOf(asked?.['title']), textOf(asked?.['content'])];
      const signatures = asked?.['signatures'];
      const [first] = Array.isArray(signatures) ? (signatures as unknown[]) : [];
      const identity = isRecord(first) ? first['signer_identity_data'] : undefined;
      const email = isRecord(identity) ? textOf(identity['email_address']) : null;
      if (title === null || content === null || email === null) return refused(400, 'Bad Request', 'title, content and a signature with signer_identity_data.email_address are needed');
      const bytes = Buffer.from(content, 'base64');
      if (bytes.subarray(0, 5).toString('latin1') !== '%PDF-') return refused(400, 'Bad Request', 'content is no PDF');
      const request: SignatureRequest = {
        id: randomUUID(),
        documentId: randomUUID(),
        title,
        quality: textOf(asked?.['quality']) ?? 'SES',
        email,
        custom: textOf(asked?.['custom']),
        content: bytes,
        createdAt: now.toISOString(),
        status: 'OPEN',
        signedAt: null,
      };
      requests.set(request.id, request);
      return json(shown(world, request), { status: 201 });
    };

    const decide = withRequest((request, { body, now, path }) => {
      const wish = new URLSearchParams(body.toString('utf8')).get('do');
      if (request.status === 'OPEN' && (wish === 'sign' || wish === 'decline')) {
        request.status = wish === 'sign' ? 'SIGNED' : 'DECLINED';
        if (wish === 'sign') request.signedAt = now.toISOString();
      }
      return redirect(path, 303);
    });

    const content = ({ params }: Exchange): Answer => {
      const request = [...requests.values()].find(({ documentId }) => documentId === params['id']);
      if (request === undefined) return refused(404, 'Not Found', 'There is no such document');
      // A signed file is the one that came, with something after it: readers take both.
      const seal = request.signedAt === null ? '' : `\n%Signed by ${request.email} at ${request.signedAt}\n`;
      return text('application/pdf', Buffer.concat([request.content, Buffer.from(seal)]));
    };

    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Skribble</title></head><body><h1>Skribble API v2</h1><p>POST /v2/access/login, POST /v2/signature-requests</p></body></html>`)),
      post('/v2/access/login', login),
      post('/v2/signature-requests', guarded(create)),
      get('/v2/signature-requests/:id', guarded(withRequest((request) => json(shown(world, request))))),
      post('/v2/signature-requests/:id/withdraw', guarded(withRequest((request) => {
        if (request.status !== 'OPEN') return refused(409, 'Conflict', 'The request is not open any more');
        request.status = 'WITHDRAWN';
        return json(shown(world, request));
      }))),
      get('/v2/documents/:id/content', guarded(content)),
      get('/view/:document/:id', withRequest(signingPage)),
      post('/view/:document/:id', decide),
    ];
  },
};
