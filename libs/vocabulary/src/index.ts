/** What cars, places and quantities are called, in several languages: facts and pure functions over them. */
export const placeholder = undefined;
