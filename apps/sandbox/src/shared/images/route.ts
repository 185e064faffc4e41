import { get, text, type Route } from '../exchange';
import type { Shop } from '../shop';
import { draw } from './draw';

/** `/img/{hash}/{n}.jpg`, under the vendor's own host. */
export const imageRoute = (shop: Shop, watermark?: string): Route =>
  get('/img/:hash/:file', async ({ params }) => {
    const known = shop.picture(params['hash'] ?? '');
    if (known === undefined || params['file'] !== `${known.picture.n}.jpg`) return text('text/plain', 'Not Found', { status: 404 });
    const { listing, picture } = known;
    const image = await draw({
      key: `${shop.source.slug}/${picture.hash}`,
      carId: listing.carId,
      picture,
      watermark: watermark ?? null,
    });
    return text('image/jpeg', image, { etag: 'strong', headers: { 'cache-control': 'public, max-age=604800' } });
  });
