import type { CostRule } from '../rules';
import { auctionRules } from './auctions';
import { euRules } from './eu';
import { registrationRules } from './registration';
import { serviceRules } from './services';
import { usRules } from './us-states';

/** The rules that come with the program; an installation adds its own. */
export const shippedRules: readonly CostRule[] = [...usRules, ...euRules, ...registrationRules, ...auctionRules, ...serviceRules];
