/** One line of the append-only log: what somebody granted or withdrew, and which text they saw. */
export interface ConsentEntry {
  readonly kind: string;
  readonly documentVersion: string;
  readonly granted: boolean;
  readonly at: Date;
}

/** The newest entry of each kind is what holds. `entries` in the order in which they were written. */
export function currentConsents(entries: readonly ConsentEntry[]): Map<string, ConsentEntry> {
  const held = new Map<string, ConsentEntry>();
  for (const entry of entries) held.set(entry.kind, entry);
  return held;
}

export interface ConsentDocumentState {
  readonly kind: string;
  readonly version: string;
  readonly required: boolean;
}

/** Documents that must be agreed to and are not, in the version that is in force. */
export function missingConsents(
  inForce: readonly ConsentDocumentState[],
  granted: readonly { readonly kind: string; readonly version: string }[],
): ConsentDocumentState[] {
  return inForce.filter(
    (document) =>
      document.required && !granted.some((given) => given.kind === document.kind && given.version === document.version),
  );
}
