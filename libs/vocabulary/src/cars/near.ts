/** The one key within `most` edits (a swap of neighbours counts as one) that starts with the same letter; null when none or several. */
export function nearest(key: string, keys: Iterable<string>, most: number): string | null {
  let best: string | null = null;
  let bestAt = most + 1;
  let tied = false;
  for (const candidate of keys) {
    if (candidate.charCodeAt(0) !== key.charCodeAt(0) || Math.abs(candidate.length - key.length) > most || candidate.length < 4) continue;
    const distance = edits(key, candidate, most);
    if (distance > most || distance > bestAt) continue;
    tied = distance === bestAt;
    best = candidate;
    bestAt = distance;
  }
  return tied ? null : best;
}

function edits(a: string, b: string, most: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}
