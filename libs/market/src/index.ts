/** A generated car market, the same for the same seed: what the sandbox sells and tests measure against. */
export const placeholder = undefined;
