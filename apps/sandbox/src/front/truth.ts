import type { ServerResponse } from 'node:http';
import type { TruthLine } from '@autobroker/market';
import type { OpenVendor } from '../sandbox';

export type TruthSource = () => Iterable<TruthLine>;

interface Around {
  readonly vendors: ReadonlyMap<string, OpenVendor>;
  readonly truth: TruthSource;
}

const linesAtOnce = 200;

/** What is really so, a car a line, with the addresses that a client would see. Streamed: the whole is never in memory. */
export async function sendTruth(response: ServerResponse, { vendors, truth }: Around): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/x-ndjson; charset=utf-8' });
  let block = '';
  let count = 0;
  for (const line of truth()) {
    block += `${JSON.stringify({ ...line, listings: line.listings.map((listing) => ({ ...listing, url: `${vendors.get(listing.source)?.baseUrl ?? ''}${listing.url}` })) })}\n`;
    count += 1;
    if (count % linesAtOnce !== 0) continue;
    if (response.destroyed) return;
    if (!response.write(block)) await drained(response);
    block = '';
  }
  response.end(block);
}

const drained = (response: ServerResponse): Promise<void> =>
  new Promise((done) => {
    const go = (): void => {
      response.off('drain', go);
      response.off('close', go);
      done();
    };
    response.once('drain', go);
    response.once('close', go);
  });
