/** What is remembered of a host's requests: two buckets of a minute, and when the next one may go out. */
export interface Window {
  readonly bucket: number;
  readonly current: number;
  readonly previous: number;
  readonly freeAtMs: number;
}

export type Slot =
  | { readonly booked: true; readonly waitMs: number; readonly window: Window }
  | { readonly booked: false; readonly waitMs: number };

export const windowMs = 60_000;
/** Booking further ahead would make promises for a time that nobody knows yet. */
export const longestBookingMs = 30_000;

/**
 * Books the next request to a host: no more than `perMinute` within any minute, and each with its pause before the one
 * after it. Requests are booked in the order in which they are asked for, so that none is overtaken for ever.
 */
export function takeSlot(window: Window, ask: { readonly perMinute: number; readonly delayMs: number }, nowMs: number): Slot {
  const at = Math.max(nowMs, window.freeAtMs);
  if (at - nowMs > longestBookingMs) return { booked: false, waitMs: Math.min(longestBookingMs, at - nowMs - longestBookingMs + 1) };
  const bucket = Math.floor(at / windowMs);
  const current = bucket === window.bucket ? window.current : 0;
  const previous = bucket === window.bucket ? window.previous : bucket === window.bucket + 1 ? window.current : 0;
  const elapsed = (at % windowMs) / windowMs;
  // The bucket before counts by the part of it that the last minute still covers.
  const used = previous * (1 - elapsed) + current;
  if (used + 1 > ask.perMinute) {
    const nextBucketMs = (bucket + 1) * windowMs - nowMs;
    const slidesMs = current + 1 > ask.perMinute || previous === 0 ? nextBucketMs : Math.ceil(((used + 1 - ask.perMinute) / previous) * windowMs);
    return { booked: false, waitMs: Math.max(50, Math.min(longestBookingMs, slidesMs, nextBucketMs)) };
  }
  return { booked: true, waitMs: Math.max(0, at - nowMs), window: { bucket, current: current + 1, previous, freeAtMs: at + ask.delayMs } };
}
