import { Inject, Injectable } from '@nestjs/common';
import type * as Sdk from '@paypal/paypal-server-sdk' with { 'resolution-mode': 'import' };
import { SandboxVendors } from '@autobroker/platform/vendors';
import { fetch } from 'undici';
import { z } from 'zod';
import { paymentConfig, type PaymentConfig } from '../../application/config';
import { ProviderUnreachableError } from '../../application/provider';

export interface PaypalApi {
  readonly sdk: typeof Sdk;
  readonly url: string;
  readonly isSandbox: boolean;
  readonly orders: Sdk.OrdersController;
  readonly payments: Sdk.PaymentsController;
  readonly reports: Sdk.TransactionSearchController;
  /** For what the SDK has no controller for. */
  rest(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<{ readonly status: number; readonly body: unknown }>;
}

const realHost = 'https://api-m.paypal.com';

/** What the SDK's HTTP client hands to an adapter; the rest of it is its own business. */
const requestSchema = z.looseObject({ url: z.string(), method: z.string(), data: z.union([z.string(), z.instanceof(Buffer)]).nullish(), headers: z.unknown() });

/** The way to PayPal: the account of the installation, or the sandbox's stand-in. */
@Injectable()
export class PaypalConnection {
  private readonly sandbox: SandboxVendors;
  private open: { readonly key: string; readonly api: PaypalApi } | null = null;

  constructor(@Inject(paymentConfig.token) private readonly config: PaymentConfig) {
    this.sandbox = new SandboxVendors(config.sandboxUrl);
  }

  async find(): Promise<PaypalApi | null> {
    const { paypalClientId, paypalClientSecret, paypalUrl } = this.config;
    if (paypalClientId !== undefined && paypalClientSecret !== undefined) return this.api({ id: paypalClientId, secret: paypalClientSecret, url: paypalUrl ?? realHost, isSandbox: false });
    const played = await this.sandbox.find('paypal');
    const [id, secret] = [played?.key['client_id'], played?.key['client_secret']];
    return played === null || id === undefined || secret === undefined ? null : this.api({ id, secret, url: paypalUrl ?? played.url, isSandbox: true });
  }

  async connect(): Promise<PaypalApi> {
    const found = await this.find();
    if (found === null) throw new ProviderUnreachableError('PayPal has no credentials here, or the sandbox is away', false);
    return found;
  }

  /** The SDK weighs as much as a small service: it is loaded by whoever takes payments by PayPal, when they first do. */
  private async api(at: { readonly id: string; readonly secret: string; readonly url: string; readonly isSandbox: boolean }): Promise<PaypalApi> {
    const key = `${at.id} ${at.url}`;
    if (this.open?.key === key) return this.open.api;
    const sdk = await import('@paypal/paypal-server-sdk');
    const client = new sdk.Client({
      environment: sdk.Environment.Production,
      timeout: this.config.timeoutMs,
      clientCredentialsAuthCredentials: { oAuthClientId: at.id, oAuthClientSecret: at.secret },
      // The SDK has PayPal's addresses in its code, and repeats by itself what its own way of sending fails at: one below it, neither.
      unstable_httpClientOptions: { adapter: (request: unknown) => this.send(request, at.url) },
    });
    const rest: PaypalApi['rest'] = async (method, path, body) => {
      const token = await client.clientCredentialsAuthManager.updateToken();
      const answer = await this.fetched(new URL(path, at.url), { method, body: body === undefined ? null : JSON.stringify(body), headers: { authorization: `Bearer ${token.accessToken}`, 'content-type': 'application/json' } });
      return { status: answer.status, body: answer.text === '' ? null : parsed(answer.text) };
    };
    const api: PaypalApi = { sdk, url: at.url, isSandbox: at.isSandbox, orders: new sdk.OrdersController(client), payments: new sdk.PaymentsController(client), reports: new sdk.TransactionSearchController(client), rest };
    this.open = { key, api };
    return api;
  }

  private async send(request: unknown, base: string): Promise<unknown> {
    const { url, method, data, headers } = requestSchema.parse(request);
    const asked = new URL(url);
    const answer = await this.fetched(new URL(asked.pathname + asked.search, base), { method: method.toUpperCase(), body: data ?? null, headers: headersOf(headers) });
    return { data: answer.text, status: answer.status, statusText: answer.statusText, headers: answer.headers, config: request, request: null };
  }

  private async fetched(url: URL, init: { readonly method: string; readonly body: string | Buffer | null; readonly headers: Record<string, string> }) {
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(this.config.timeoutMs) });
      return { status: answer.status, statusText: answer.statusText, headers: Object.fromEntries(answer.headers), text: await answer.text() };
    } catch (error) {
      throw new ProviderUnreachableError('PayPal did not answer', init.method !== 'GET', error);
    }
  }
}

function headersOf(given: unknown): Record<string, string> {
  // The client keeps them in an object of its own kind, which is written as plain JSON.
  const plain: unknown = given === undefined ? {} : JSON.parse(JSON.stringify(given));
  const entries = typeof plain === 'object' && plain !== null ? Object.entries(plain) : [];
  return Object.fromEntries(entries.filter((pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0].toLowerCase() !== 'content-length'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
