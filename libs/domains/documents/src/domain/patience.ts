const minute = 60;
const hour = 60 * minute;
const times = (count: number, seconds: number): number[] => Array.from({ length: count }, () => seconds);

/**
 * After how many seconds a document that could not be written is tried again: after one minute, then two, four and so on up to
 * six hours, for about two weeks. After the last, one that has no number is not asked for any more: an event or a person may ask.
 * One that has its number, or that everybody has signed, is owed: it is tried on at the slow pace, and those who watch are told.
 */
export const documentPatience: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((minutes) => minutes * minute).concat(times(54, 6 * hour));

/** How many seconds lie between two tries of what is tried for as long as it takes. */
export const slowPace = 24 * hour;

/** Whether it was tried so often that only the slow pace is left. */
export const isOverdue = (tries: number): boolean => tries > documentPatience.length;

/** People sign in their own time: asked often at first, then every hour, for a month. */
export const signaturePatience: readonly number[] = [...times(30, minute), ...times(18, 5 * minute), ...times(716, hour)];

/** What somebody has a right to see gone is tried for ever: often at first, then once a day. */
export const filesPatience: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512].map((minutes) => minutes * minute).concat(slowPace);
