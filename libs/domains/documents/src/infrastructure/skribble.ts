import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { HttpClient } from '@autobroker/platform/http';
import { refuseInProduction, SandboxVendors } from '@autobroker/platform/vendors';
import { z } from 'zod';
import { signatureConfig, type SignatureConfig } from '../application/config';
import { type ProviderState, SignatureProvider } from '../application/signature-ports';

const realHost = 'https://api.skribble.com';

const createdSchema = z.object({ id: z.string().min(1) });
const requestSchema = z.object({
  document_id: z.string(),
  status_overall: z.string(),
  // Read by nobody; an answer in which it is something else is none that we know.
  signatures: z.array(z.object({ signed_at: z.string().nullish() })).default([]),
});
const states: Readonly<Record<string, ProviderState['state']>> = { OPEN: 'open', SIGNED: 'signed', DECLINED: 'declined', WITHDRAWN: 'withdrawn', EXPIRED: 'withdrawn', ERROR: 'withdrawn' };

interface Access {
  readonly client: HttpClient;
  readonly username: string;
  readonly key: string;
}

/** Skribble's API, version 2: simple and advanced signatures under eIDAS. */
@Injectable()
export class SkribbleProvider extends SignatureProvider implements OnApplicationShutdown {
  override readonly name = 'skribble';
  private readonly sandbox: SandboxVendors;
  private open: { readonly address: string; readonly client: HttpClient } | null = null;
  private token: { readonly value: string; readonly until: number } | null = null;

  constructor(@Inject(signatureConfig.token) private readonly config: SignatureConfig) {
    super();
    refuseInProduction('signature service', config.sandboxUrl, [config.url]);
    this.sandbox = new SandboxVendors(config.sandboxUrl);
  }

  override async ask({ reference, title, pdf, recipient, language }: Parameters<SignatureProvider['ask']>[0]): Promise<string | null> {
    const [firstName = recipient.name, ...rest] = recipient.name.split(' ');
    const answer = await this.call('POST', '/v2/signature-requests', {
      title,
      content: pdf.toString('base64'),
      quality: this.config.quality,
      legislation: 'EIDAS',
      custom: reference,
      signatures: [{ signer_identity_data: { email_address: recipient.email, first_name: firstName, last_name: rest.join(' ') || firstName, language } }],
    });
    if (answer === null) return null;
    if (!answer.ok) throw new Error(`the signature service answered ${answer.status}`);
    return createdSchema.parse(answer.json()).id;
  }

  override async state(providerId: string): Promise<ProviderState | null> {
    const answer = await this.call('GET', `/v2/signature-requests/${encodeURIComponent(providerId)}`);
    if (answer === null) return null;
    if (!answer.ok) throw new Error(`the signature service answered ${answer.status}`);
    const { document_id: documentId, status_overall: status } = requestSchema.parse(answer.json());
    const state = states[status];
    if (state === undefined) throw new Error(`the signature service says ${status}, which is nothing that we know`);
    return { state, documentId };
  }

  override async file(documentId: string): Promise<Buffer | null> {
    const answer = await this.call('GET', `/v2/documents/${encodeURIComponent(documentId)}/content`);
    return answer === null || !answer.ok ? null : answer.bytes;
  }

  onApplicationShutdown(): void {
    this.open?.client.dispose();
  }

  /** Null where there is no key for it. A token that has run out is taken anew, once. */
  private async call(method: 'GET' | 'POST', path: string, body?: object) {
    const access = await this.access();
    if (access === null) return null;
    for (let attempt = 0; ; attempt++) {
      const token = await this.tokenOf(access);
      const answer = await access.client.request({ method, path, headers: { authorization: `Bearer ${token}` }, ...(body === undefined ? {} : { body }) });
      if (answer.status !== 401 || attempt > 0) return answer;
      this.token = null;
    }
  }

  private async tokenOf({ client, username, key }: Access): Promise<string> {
    const now = performance.now();
    if (this.token !== null && this.token.until > now) return this.token.value;
    const answer = await client.request({ method: 'POST', path: '/v2/access/login', body: { username, 'api-key': key }, repeatable: true });
    if (!answer.ok) throw new Error(`the signature service refuses the key (${answer.status})`);
    // It is good for twenty minutes; a little less is on the safe side.
    this.token = { value: answer.text().trim().replaceAll('"', ''), until: now + 15 * 60_000 };
    return this.token.value;
  }

  private async access(): Promise<Access | null> {
    const { url, username, apiKey } = this.config;
    if (username !== undefined && apiKey !== undefined) return { username, key: apiKey, client: this.client(url ?? realHost) };
    const played = await this.sandbox.find('skribble');
    const [name, key] = [played?.key['username'], played?.key['api_key']];
    return played === null || name === undefined || key === undefined ? null : { username: name, key, client: this.client(url ?? played.url) };
  }

  private client(address: string): HttpClient {
    if (this.open?.address === address) return this.open.client;
    this.open?.client.dispose();
    this.token = null;
    const client = new HttpClient({ name: 'skribble', baseUrl: address, timeoutMs: 20_000, retries: 1, maxResponseBytes: 20_971_520, breaker: { failures: 5, openMs: 30_000 } });
    this.open = { address, client };
    return client;
  }
}
