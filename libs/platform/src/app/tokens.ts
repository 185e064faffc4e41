/** Injection token of the platform's Clock. A symbol by name, so that a second copy of this module means the same. */
export const CLOCK: symbol = Symbol.for('autobroker:clock');
