/** A number that stands for «not known» in a column. */
export const missing = Number.NaN;
