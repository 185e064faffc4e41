import { readRecord } from '../shared/records';
import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';

/** What a JSON answer holds is compared, not described. */
export type Parsed = ReturnType<typeof JSON.parse>;

/** A small sandbox on free ports, with a market that is the same every time. */
export const smallSandbox = (more: Partial<SandboxOptions> = {}): Promise<Sandbox> =>
  startSandbox({ port: 0, cars: 300, seed: 7, start: new Date('2026-03-02T10:00:00Z'), stateFile: null, ...more });

export const urlOf = (sandbox: Sandbox, slug: string): string => {
  const found = sandbox.vendors.get(slug);
  if (found === undefined) throw new Error(`no such vendor: ${slug}`);
  return found.baseUrl;
};

export const shopOf = (sandbox: Sandbox, slug: string) => {
  const shop = sandbox.vendors.get(slug)?.shop;
  if (shop === null || shop === undefined) throw new Error(`${slug} sells no cars`);
  return shop;
};

export const textAt = async (url: string, init?: RequestInit): Promise<string> => {
  const answer = await fetch(url, init);
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return answer.text();
};

export const jsonAt = async (url: string, init?: RequestInit): Promise<Parsed> => JSON.parse(await textAt(url, init));

export const post = (url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> => fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

export const control = async (sandbox: Sandbox, path: string, body?: unknown): Promise<Parsed> => {
  const answer = body === undefined ? await fetch(`${sandbox.url}/control/${path}`) : await post(`${sandbox.url}/control/${path}`, body);
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`/control/${path} answered ${answer.status}: ${text}`);
  return readRecord(text);
};
