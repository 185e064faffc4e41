import type { Vendor } from '../shared/vendor';
import { autoscout24 } from './autoscout24';
import { autotrader } from './autotrader';
import { cargurus } from './cargurus';
import { carsCom } from './cars-com';
import { copart } from './copart';
import { craigslist } from './craigslist';
import { dealerFeed } from './dealer-feed';
import { dealerSite } from './dealer-site';
import { ebay } from './ebay';
import { edmunds } from './edmunds';
import { facebook } from './facebook';
import { firecrawl } from './firecrawl';
import { gumtree } from './gumtree';
import { iaai } from './iaai';
import { kbb } from './kbb';
import { mobileDe } from './mobile-de';
import { paypal } from './paypal';
import { perplexity } from './perplexity';
import { stripe } from './stripe';

/** Whoever the sandbox plays, in the order of their ports. A vendor is a folder beside this file and a line here. */
export const vendors: readonly Vendor[] = [autotrader, carsCom, cargurus, autoscout24, mobileDe, ebay, facebook, gumtree, craigslist, copart, iaai, dealerSite, dealerFeed, firecrawl, kbb, edmunds, perplexity, paypal, stripe];
