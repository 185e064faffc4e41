import { lookup as resolve, type LookupAddress, type LookupOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '@autobroker/platform/vendors';
import { Agent, buildConnector, type Dispatcher, ProxyAgent, request } from 'undici';
import { AddressRefusedError } from './address-refused';
import { readBody } from './read-body';

export interface EgressLimits {
  readonly maxBodyBytes: number;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly proxyUrl: string | undefined;
}

export interface HopRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** Answers of other statuses are not read. */
  readonly reads: (status: number) => boolean;
  readonly maxBodyBytes?: number;
}

export interface HopAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/**
 * One way out, for one source. A connection is made to the source's own configured origin, wherever that is, or to a
 * public address; it is checked where the connection is made, so that a name can't be one thing when it is checked and
 * another when it is used.
 */
export class Egress {
  private readonly dispatcher: Dispatcher;

  constructor(
    private readonly trustedOrigin: string,
    private readonly limits: EgressLimits,
  ) {
    const options = { timeout: 10_000 };
    const plain = buildConnector(options);
    const guarded = buildConnector({ ...options, lookup: publicLookup });
    const connect: buildConnector.connector = (to, callback) => {
      if (originOf(to) === this.trustedOrigin) return plain(to, callback);
      if (isIP(to.hostname) !== 0 && !isPublicAddress(to.hostname)) return callback(new AddressRefusedError(`${to.hostname} is not a public address`), null);
      guarded(to, callback);
    };
    const common = {
      headersTimeout: limits.headersTimeoutMs,
      bodyTimeout: limits.idleTimeoutMs,
      keepAliveTimeout: 5_000,
      connections: 8,
      maxHeaderSize: 32 * 1024,
    };
    this.dispatcher = limits.proxyUrl === undefined ? new Agent({ ...common, connect }) : new ProxyAgent({ ...common, uri: limits.proxyUrl });
  }

  async hop(ask: HopRequest): Promise<HopAnswer> {
    // Behind a proxy the connection is the proxy's: what can be checked here is what the name stands for now.
    if (this.limits.proxyUrl !== undefined && ask.url.origin !== this.trustedOrigin) await refuseInternal(ask.url.hostname);
    const answer = await request(ask.url, {
      method: ask.method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...ask.headers },
      ...(ask.body === undefined ? {} : { body: ask.body }),
      dispatcher: this.dispatcher,
      signal: ask.signal,
    });
    const headers = answer.headers;
    if (!ask.reads(answer.statusCode)) {
      // Never to the end: what follows may be endless.
      answer.body.on('error', () => undefined).destroy();
      return { status: answer.statusCode, headers, body: Buffer.alloc(0) };
    }
    const limit = ask.maxBodyBytes ?? this.limits.maxBodyBytes;
    const body = await readBody(answer.body, headerText(headers['content-encoding']), headerText(headers['content-length']), limit);
    return { status: answer.statusCode, headers, body };
  }

  close(): Promise<void> {
    return this.dispatcher.destroy();
  }
}

export const headerText = (value: string | string[] | undefined): string | null => (Array.isArray(value) ? (value[0] ?? null) : (value ?? null));

const originOf = ({ protocol, hostname, port }: buildConnector.Options): string => {
  const host = hostname.includes(':') && !hostname.startsWith('[') ? `[${hostname}]` : hostname;
  return URL.canParse(`${protocol}//${host}:${port}`) ? new URL(`${protocol}//${host}${port === '' ? '' : `:${port}`}`).origin : '';
};

/** All of a name's addresses must be public: one that is not says that somebody plays with the name. */
const publicLookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '', 0);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (refused !== undefined || first === undefined) return callback(new AddressRefusedError(`${hostname} does not lead to a public address`), '', 0);
    if (options.all === true) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

async function refuseInternal(hostname: string): Promise<void> {
  const bare = hostname.replace(/^\[|\]$/gu, '');
  const addresses = isIP(bare) === 0 ? await lookUpAll(bare) : [{ address: bare }];
  if (addresses.length === 0 || addresses.some(({ address }) => !isPublicAddress(address))) throw new AddressRefusedError(`${bare} does not lead to a public address`);
}

const lookUpAll = (hostname: string): Promise<LookupAddress[]> =>
  new Promise((done, failed) => {
    resolve(hostname, { all: true }, (error, addresses) => (error === null ? done(addresses) : failed(error)));
  });
