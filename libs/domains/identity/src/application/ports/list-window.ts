
/** Which part of a list; `after` is the id of the last entry of the page before, for walking deep. */
export interface ListWindow {
  readonly limit: number;
  readonly offset: number;
  readonly after?: string | undefined;
}
