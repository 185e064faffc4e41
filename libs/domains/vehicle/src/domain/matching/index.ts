export { decideMatch, sameFrom, type MatchDecision, type MatchFacts } from './match';
export { matchFactsOf, mileageStepKm, wordsOfText, type OfferTraces } from './offer-facts';
export { matchFactsOfFlat, type FlatListing, type ToReference } from './flat-listing';
