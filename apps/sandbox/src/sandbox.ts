import { dirname, join } from 'node:path';
import { Market } from '@autobroker/market';
import { SandboxClock } from './clock';
import { Front } from './front/front';
import { calm } from './shared/chaos';
import { Host } from './shared/host';
import { imageRoute } from './shared/images/route';
import { close, host, listenFrom } from './shared/ports';
import type { Shop } from './shared/shop';
import type { Vendor, World } from './shared/vendor';
import { readState, writeState, type SandboxState } from './state';
import { Trade } from './trade';
import { vendors as everyVendor } from './vendors';

export interface SandboxOptions {
  /** Of the front page; vendors take the ports after it, and any that is in use is passed over. 0 takes free ones. */
  readonly port: number;
  readonly cars: number;
  readonly seed: number | string;
  /** Where a new market begins; now when absent. */
  readonly start?: Date;
  /** Where seed, start and clock are kept; null keeps nothing. */
  readonly stateFile: string | null;
  readonly vendors?: readonly Vendor[];
  readonly onError?: (error: unknown) => void;
}

/** A vendor that runs. */
export interface OpenVendor {
  readonly vendor: Vendor;
  readonly host: Host;
  readonly baseUrl: string;
  /** Null for a vendor that sells no cars. */
  readonly shop: Shop | null;
}

export interface Sandbox {
  readonly url: string;
  readonly vendors: ReadonlyMap<string, OpenVendor>;
  readonly clock: SandboxClock;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const onError = options.onError ?? ((error) => process.stderr.write(`sandbox: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`));
  const { clock, state } = remembered(options);
  const market = new Market({ seed: options.seed, cars: options.cars, start: new Date(state.start) });
  const trade = new Trade(market, () => clock.now());
  trade.catchUp(true);

  const open = new Map<string, OpenVendor>();
  const moved: (() => void)[] = [];
  const closing: (() => void)[] = [];
  const front = new Front({
    clock,
    vendors: open,
    truth: () => trade.truth(),
    moveBy: (ms) => {
      clock.advance(ms);
      trade.catchUp(true);
      writeState(options.stateFile, { ...state, offset_ms: clock.offsetMs });
      for (const act of moved) act();
    },
    onError,
  });
  const port = await listenFrom(front.server, options.port);
  const stop = async (): Promise<void> => {
    clock.close();
    for (const act of closing.splice(0)) act();
    await Promise.all([close(front.server), ...[...open.values()].map((one) => close(one.host.server))]);
  };
  try {
    let next = options.port === 0 ? 0 : port + 1;
    for (const vendor of options.vendors ?? everyVendor) {
      const started = await openVendor(vendor, { clock, trade, open, moved, closing, stateFile: options.stateFile, onError, port: next });
      open.set(vendor.slug, started);
      if (next !== 0) next = Number(new URL(started.baseUrl).port) + 1;
    }
  } catch (error) {
    await stop();
    throw error;
  }
  writeState(options.stateFile, { ...state, offset_ms: clock.offsetMs });
  return { url: `http://${host}:${port}`, vendors: open, clock, close: stop };
}

/** A market that was left goes on from where it stood; another one begins at the time that it is there, never before. */
const remembered = (options: SandboxOptions): { readonly clock: SandboxClock; readonly state: SandboxState } => {
  const kept = readState(options.stateFile);
  const fresh = kept === null ? (options.start?.getTime() ?? Date.now()) - Date.now() : kept.offset_ms;
  const clock = new SandboxClock(fresh);
  const same = kept !== null && kept.seed === options.seed && kept.cars === options.cars;
  const start = same ? kept.start : clock.now().toISOString();
  return { clock, state: { seed: options.seed, cars: options.cars, start, offset_ms: fresh } };
};

interface Around {
  readonly clock: SandboxClock;
  readonly trade: Trade;
  readonly open: ReadonlyMap<string, OpenVendor>;
  readonly moved: (() => void)[];
  readonly closing: (() => void)[];
  readonly stateFile: string | null;
  readonly onError: (error: unknown) => void;
  readonly port: number;
}

const openVendor = async (vendor: Vendor, { clock, trade, open, moved, closing, stateFile, onError, port }: Around): Promise<OpenVendor> => {
  const shop = vendor.source === undefined ? null : trade.shop(vendor.source);
  let baseUrl = '';
  let started: Host | null = null;
  const world: World = {
    baseUrl: () => baseUrl,
    now: () => clock.now(),
    origins: () => [...open.values()].map((one) => one.baseUrl),
    shop: (): Shop => {
      if (shop === null) throw new Error(`${vendor.slug} sells no cars`);
      return shop;
    },
    truth: () => trade.truth(),
    chaos: () => started?.chaos ?? calm,
    stateFile: () => (stateFile === null ? null : join(dirname(stateFile), `sandbox-${vendor.slug}.jsonl`)),
    whenMoved: (act) => moved.push(act),
    whenClosed: (act) => closing.push(act),
    onError,
  };
  const images = shop === null ? [] : [imageRoute(shop, vendor.watermark)];
  started = new Host({ slug: vendor.slug, robots: () => vendor.robots(world), routes: [...images, ...vendor.routes(world)], now: () => clock.now(), disturbsItself: vendor.sendsWebhooks === true, trouble: vendor.trouble, onError });
  baseUrl = `http://${host}:${await listenFrom(started.server, port)}`;
  return { vendor, host: started, baseUrl, shop };
};

