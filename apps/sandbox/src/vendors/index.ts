import type { Vendor } from '../shared/vendor';
import { autoscout24 } from './autoscout24';
import { carsCom } from './cars-com';
import { copart } from './copart';
import { dealerFeed } from './dealer-feed';

/** Whoever the sandbox plays, in the order of their ports. A vendor is added here and is a folder beside this file. */
export const vendors: readonly Vendor[] = [carsCom, autoscout24, copart, dealerFeed];
