import { get, text, type Route } from '../exchange';
import type { Shop } from '../shop';
import { draw } from './draw';

/** `/img/{hash}/{n}.jpg`, under the vendor's own host. */
export const imageRoute = (shop: Shop, watermark?: string): Route =>
  get('/img/:hash/:file', async ({ params }) => {
    const hash = params['hash'] ?? '';
    const seed = /^\d{1,2}\.jpg$/u.test(params['file'] ?? '') ? shop.picture(hash) : undefined;
    if (seed === undefined) return text('text/plain', 'Not Found', { status: 404 });
    const image = await draw({ key: `${shop.source.slug}/${hash}`, seed, size: shop.pictureSize(), watermark: watermark ?? null });
    return text('image/jpeg', image, { etag: 'strong', headers: { 'cache-control': 'public, max-age=604800' } });
  });
