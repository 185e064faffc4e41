export { quotesConfig } from './config';
export { QuoteVerifier, type QuoteExpectation, type QuoteRefusal, type QuoteVerifierOptions } from './quote-verifier';
