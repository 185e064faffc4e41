/** Pictures that somebody sends: signatures and logos. What is kept is painted anew. */
export abstract class DrawnImages {
  /** A signature as a PNG of our own making; null where it is no picture, or an empty one. */
  abstract clean(base64: string): Promise<string | null>;
  /** A logo, opaque and as large as a letterhead needs it; null where it is no picture. */
  abstract logo(base64: string): Promise<string | null>;
}
