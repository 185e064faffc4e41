import { defineSource, distanceOf, pricesOf } from '../define-source';

const range = (from: number | undefined, to: number | undefined): string | undefined => (from === undefined && to === undefined ? undefined : `${from ?? ''}:${to ?? ''}`);

export const mobileDe = defineSource({
  slug: 'mobile-de',
  name: 'mobile.de',
  kind: 'marketplace',
  country: 'DE',
  currency: 'EUR',
  unit: 'km',
  locale: 'de-DE',
  home: 'https://suchen.mobile.de',
  origins: ['https://www.mobile.de', 'https://img.classistatic.de'],
  conditional: true,
  carries: { detail: ['title_or_make', 'price', 'year'] },
  list: {
    path: '/fahrzeuge/search.html',
    query: { isSearchRequest: 'true', sortOption: 'creationTime.desc', pageSize: '20' },
    paging: { by: 'page', parameter: 'pageNumber', size: 20, maxPages: 1_000 },
    // Ranges are `from:to`; the make and the model share a parameter.
    search: (filters) => {
      const prices = pricesOf(filters, 'EUR');
      const query = {
        ms: filters.makes?.[0] === undefined ? undefined : `${filters.makes[0]};${filters.models?.[0] ?? ''};;`,
        fr: range(filters.year_min, filters.year_max),
        p: range(prices.min, prices.max),
        ml: range(undefined, distanceOf(filters.mileage_max_km, 'km')),
      };
      return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    },
  },
  fields: {
    list: {
      items: { path: 'search.srp.data.searchResults.items' },
      externalId: [{ path: 'id' }],
      url: [{ path: 'relativeUrl' }],
      urlTemplate: '/fahrzeuge/details.html?id={id}',
      fields: {
        title: [{ path: 'title' }],
        make: [{ path: 'makeName' }],
        model: [{ path: 'modelName' }],
        price: [{ path: 'price.grossAmount' }, { path: 'price.gross' }],
        price_note: [{ path: 'price.gross', match: /^[^\d]+$/u }],
        currency: [{ path: 'price.grossCurrency' }],
        first_registration: [{ path: 'attr.fr' }],
        mileage: [{ path: 'attr.ml' }],
        power: [{ path: 'attr.pw' }],
        fuel: [{ path: 'attr.ft' }],
        gearbox: [{ path: 'attr.tr' }],
        body: [{ path: 'attr.c' }],
        color: [{ path: 'attr.ecol' }],
        doors: [{ path: 'attr.door' }],
        displacement: [{ path: 'attr.cc' }],
        owners: [{ path: 'attr.pvo' }],
        condition: [{ path: 'attr.con' }],
        damage: [{ path: 'attr.dam' }],
        city: [{ path: 'attr.loc' }],
        postal_code: [{ path: 'attr.z' }],
        country: [{ path: 'attr.cn' }],
        seller_kind: [{ path: 'contactInfo.typeLocalized' }],
        status: [{ path: 'reserved', match: /^true$/u, from: 'embedded_state' }],
        images: [{ path: 'previewImage.src' }],
      },
    },
  },
  detail: { path: '/fahrzeuge/details.html?id={id}' },
});
