import type { MarketListing } from '@autobroker/market';
import { firstPicture } from '../../shared/pictures';

const yesNo = (value: boolean | null): string => (value === null ? 'UNKNOWN' : value ? 'YES' : 'NO');

const saleState = (listing: MarketListing): string => {
  switch (listing.auction?.state) {
    case 'on_approval':
      return 'ON_APPROVAL';
    case 'sold':
      return 'SOLD';
    case 'not_sold':
      return 'NOT_SOLD';
    case 'upcoming':
    case undefined:
      return 'ON_MINIMUM_BID';
  }
};

/** «2D 5H 12min», negative once it is over: what the page counts down. */
const countdown = (saleAt: Date, now: Date): string => {
  const minutes = Math.max(0, Math.floor((saleAt.getTime() - now.getTime()) / 60_000));
  return `${Math.floor(minutes / 1_440)}D ${Math.floor((minutes % 1_440) / 60)}H ${minutes % 60}min`;
};

/** A lot with the names that the auction's own search engine gives its fields. */
export const lotOf = (listing: MarketListing, base: string, now: Date) => {
  const { auction, location } = listing;
  return {
    lotNumberStr: listing.externalId,
    ln: Number(listing.externalId),
    mkn: listing.make.toUpperCase(),
    lm: listing.model.toUpperCase(),
    lmg: listing.model.toUpperCase(),
    mtrim: listing.trim,
    lcy: listing.year,
    ld: listing.title,
    ldu: listing.path.split('/').pop(),
    fv: listing.vin,
    la: auction?.estimatedValue ?? 0,
    rc: auction?.estimatedValue == null ? 0 : Math.round(auction.estimatedValue * 0.55),
    orr: listing.mileage ?? 0,
    ord: listing.mileage === null ? 'NOT ACTUAL' : 'ACTUAL',
    ou: listing.unit === 'mi' ? 'MI' : 'KM',
    egn: listing.engine,
    cy: listing.cylinders === null ? 'U' : String(listing.cylinders),
    tmtp: listing.gearbox?.text.toUpperCase() ?? null,
    drv: listing.drivetrain?.text ?? null,
    ft: listing.fuel?.text.toUpperCase() ?? null,
    clr: listing.colour?.text.toUpperCase() ?? null,
    bstl: listing.body?.text.toUpperCase() ?? null,
    dd: listing.damage?.text.toUpperCase() ?? null,
    sdd: listing.secondaryDamage?.text.toUpperCase() ?? '',
    tgd: listing.titleStatus === null ? null : `${listing.titleStatus.text.toUpperCase()}`,
    td: listing.titleStatus === null ? null : `${location.region ?? ''} - ${listing.titleStatus.text.toUpperCase()}`.replace(/^ - /u, ''),
    ts: location.region,
    hk: yesNo(listing.keys),
    lcd: listing.runAndDrive === null ? null : listing.runAndDrive ? 'RUNS AND DRIVES' : 'STATIONARY',
    driveStatus: listing.runAndDrive ?? false,
    cuc: listing.currency,
    yn: auction?.yard ?? null,
    locCity: location.city,
    locState: location.region,
    locCountry: location.country,
    zip: location.postalCode,
    latitude: location.latitude,
    longitude: location.longitude,
    al: auction?.lane ?? null,
    ad: auction?.saleAt?.getTime() ?? null,
    at: auction?.saleAt?.toISOString().slice(11, 19) ?? null,
    tz: 'UTC',
    timeLeft: auction?.saleAt == null ? 'Future' : countdown(auction.saleAt, now),
    hb: auction?.currentBid ?? 0,
    bnp: auction?.buyNow ?? 0,
    bndc: auction?.buyNow == null ? '' : 'BUY IT NOW',
    ess: { ON_APPROVAL: 'On Approval', SOLD: 'Sold', NOT_SOLD: 'Not Sold', ON_MINIMUM_BID: 'On Minimum Bid' }[saleState(listing)],
    lotSold: listing.status === 'sold' || auction?.state === 'sold',
    scn: listing.seller.name,
    stt: 'SC',
    vehTypDesc: 'AUTOMOBILE',
    lu: listing.updatedAt.getTime(),
    ldt: listing.listedAt.getTime(),
    tims: firstPicture(listing, base),
    aboutLot: listing.description,
    dynamicLotDetails: { errorCode: '', buyTodayBid: auction?.buyNow ?? 0, currentBid: auction?.currentBid ?? 0, totalBids: auction?.bids ?? 0, attempt: auction?.attempt ?? 1, saleStatus: saleState(listing), bidStatus: 'NEVER_BID', source: 'web' },
  };
};
