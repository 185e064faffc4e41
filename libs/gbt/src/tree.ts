/** A grown tree: nodes in the order of their numbers, children side by side (`right` is `left + 1`), -1 for a leaf. */
export interface Tree {
  readonly feature: Uint16Array;
  /** Goes left up to this bin. */
  readonly bin: Uint8Array;
  /** 1: what is missing goes right. */
  readonly missingRight: Uint8Array;
  readonly left: Int32Array;
  /** -1, or which set of `sets` names the bins that go left: of categories there is no «up to». */
  readonly set: Int32Array;
  /** Sets of bins, eight words of 32 bits each. */
  readonly sets: Uint32Array;
  /** What a row would get if the tree ended here. */
  readonly value: Float64Array;
}

export interface TreeOptions {
  readonly maxLeaves: number;
  readonly minLeaf: number;
  readonly lambda: number;
  readonly maxDepth: number;
}

/** What a tree is grown on. */
export interface Ground {
  readonly bins: readonly Uint8Array[];
  readonly binCounts: Int32Array;
  /** 1 or -1 where the answer may only rise or fall with a feature. */
  readonly monotone: Int8Array;
  /** 1 where the bins are categories. */
  readonly categorical: Uint8Array;
}

/** Where a row with this bin goes on: 0 to the left, 1 to the right. */
export function sideOf({ bin, missingRight, set, sets }: Tree, node: number, has: number): number {
  const of = set[node] ?? -1;
  if (of >= 0) return 1 - (((sets[of * setWords + (has >> 5)] ?? 0) >>> (has & 31)) & 1);
  if (has === 0) return missingRight[node] ?? 0;
  return has > (bin[node] ?? 0) ? 1 : 0;
}

export const setWords = 8;

interface Split {
  gain: number;
  feature: number;
  bin: number;
  missingRight: boolean;
  /** The bins that go left, where they are categories. */
  set: Uint32Array | null;
}

interface Leaf {
  readonly node: number;
  readonly from: number;
  readonly to: number;
  readonly sum: number;
  readonly depth: number;
  readonly low: number;
  readonly high: number;
  histogram: Histogram | null;
  split: Split | null;
}

interface Histogram {
  readonly sums: Float64Array;
  readonly counts: Int32Array;
}

const leastGain = 1e-12;
/** Categories are sorted by what was seen of them: more is asked of a group of them than of a range, and few are believed less. */
const categoryLambda = 10;
const fewestOfCategory = 5;

/** Grows trees on the same ground, one after the other, and keeps its working memory between them. */
export class TreeGrower {
  private readonly spare: Histogram[] = [];
  private readonly gathered: Float64Array;
  private readonly right: Int32Array;
  /** Where each feature's bins begin in a histogram, and behind them where the last one's end. */
  private readonly offsets: Int32Array;

  constructor(
    private readonly ground: Ground,
    rows: number,
    private readonly options: TreeOptions,
  ) {
    this.gathered = new Float64Array(rows);
    this.right = new Int32Array(rows);
    this.offsets = new Int32Array(ground.binCounts.length + 1);
    ground.binCounts.forEach((count, feature) => (this.offsets[feature + 1] = (this.offsets[feature] ?? 0) + count));
  }

  /**
   * `rows` are reordered so that each leaf's stand together. Calls `leaf` with each leaf's value and rows and takes the
   * value it gives back.
   */
  grow(rows: Int32Array, gradient: Float64Array, features: readonly number[], leaf: (value: number, rows: Int32Array) => number): Tree {
    const { maxLeaves, lambda, maxDepth } = this.options;
    const nodes: { feature: number; bin: number; missingRight: number; left: number; set: number; value: number }[] = [];
    const sets: Uint32Array[] = [];
    const add = (value: number): number => nodes.push({ feature: 0, bin: 0, missingRight: 0, left: -1, set: -1, value }) - 1;
    let sum = 0;
    for (const row of rows) sum += gradient[row] ?? 0;
    const root: Leaf = { node: add(sum / (rows.length + lambda)), from: 0, to: rows.length, sum, depth: 0, low: -Infinity, high: Infinity, histogram: this.histogramOf(rows, 0, rows.length, gradient, features), split: null };
    root.split = this.bestSplit(root, features);
    const leaves: Leaf[] = [root];
    while (leaves.length < maxLeaves) {
      const best = bestOf(leaves);
      const split = best?.split;
      if (best === undefined || split === null || split === undefined) break;
      const [left, right] = this.divide(best, split, rows, gradient, features, add);
      const node = nodes[best.node];
      if (node !== undefined) {
        node.feature = split.feature;
        node.bin = split.bin;
        node.missingRight = split.missingRight ? 1 : 0;
        node.left = left.node;
        if (split.set !== null) node.set = sets.push(split.set) - 1;
      }
      leaves[leaves.indexOf(best)] = left;
      leaves.push(right);
      for (const child of [left, right]) {
        if (child.depth < maxDepth) child.split = this.bestSplit(child, features);
        if (child.split === null) this.release(child);
      }
    }
    for (const each of leaves) {
      this.release(each);
      const node = nodes[each.node];
      if (node !== undefined) node.value = leaf(node.value, rows.subarray(each.from, each.to));
    }
    return {
      feature: Uint16Array.from(nodes, ({ feature }) => feature),
      bin: Uint8Array.from(nodes, ({ bin }) => bin),
      missingRight: Uint8Array.from(nodes, ({ missingRight }) => missingRight),
      left: Int32Array.from(nodes, ({ left }) => left),
      set: Int32Array.from(nodes, ({ set }) => set),
      sets: joined(sets),
      value: Float64Array.from(nodes, ({ value }) => value),
    };
  }

  private release(leaf: Leaf): void {
    if (leaf.histogram !== null) this.spare.push(leaf.histogram);
    leaf.histogram = null;
  }

  private divide(leaf: Leaf, split: Split, rows: Int32Array, gradient: Float64Array, features: readonly number[], add: (value: number) => number): [Leaf, Leaf] {
    const { lambda } = this.options;
    const bins = this.ground.bins[split.feature] ?? new Uint8Array(0);
    let at = leaf.from;
    let rightCount = 0;
    let leftSum = 0;
    for (let index = leaf.from; index < leaf.to; index += 1) {
      const row = rows[index] ?? 0;
      const bin = bins[row] ?? 0;
      const goesRight = split.set !== null ? ((split.set[bin >> 5] ?? 0) >>> (bin & 31)) % 2 === 0 : bin === 0 ? split.missingRight : bin > split.bin;
      if (goesRight) {
        this.right[rightCount] = row;
        rightCount += 1;
      } else {
        rows[at] = row;
        at += 1;
        leftSum += gradient[row] ?? 0;
      }
    }
    rows.set(this.right.subarray(0, rightCount), at);
    const rightSum = leaf.sum - leftSum;
    const clamp = (value: number): number => Math.max(leaf.low, Math.min(leaf.high, value));
    const leftValue = clamp(leftSum / (at - leaf.from + lambda));
    const rightValue = clamp(rightSum / (leaf.to - at + lambda));
    const way = this.ground.monotone[split.feature] ?? 0;
    const middle = (leftValue + rightValue) / 2;
    const depth = leaf.depth + 1;
    const left: Leaf = { node: add(leftValue), from: leaf.from, to: at, sum: leftSum, depth, low: way < 0 ? middle : leaf.low, high: way > 0 ? middle : leaf.high, histogram: null, split: null };
    const right: Leaf = { node: add(rightValue), from: at, to: leaf.to, sum: rightSum, depth, low: way > 0 ? middle : leaf.low, high: way < 0 ? middle : leaf.high, histogram: null, split: null };
    const [small, large] = at - leaf.from < leaf.to - at ? [left, right] : [right, left];
    const whole = leaf.histogram;
    leaf.histogram = null;
    small.histogram = this.histogramOf(rows, small.from, small.to, gradient, features);
    if (whole !== null) large.histogram = this.subtract(whole, small.histogram, features);
    return [left, right];
  }

  private histogramOf(rows: Int32Array, from: number, to: number, gradient: Float64Array, features: readonly number[]): Histogram {
    const size = this.offsets.at(-1) ?? 0;
    const histogram = this.spare.pop() ?? { sums: new Float64Array(size), counts: new Int32Array(size) };
    const { gathered } = this;
    const { sums, counts } = histogram;
    const chosen = rows.subarray(from, to);
    for (let index = 0; index < chosen.length; index += 1) gathered[index] = gradient[chosen[index] ?? 0] ?? 0;
    for (const feature of features) {
      const base = this.offsets[feature] ?? 0;
      const end = this.offsets[feature + 1] ?? 0;
      sums.fill(0, base, end);
      counts.fill(0, base, end);
      const bins = this.ground.bins[feature];
      if (bins !== undefined) fillFeature(bins, chosen, gathered, sums, counts, base);
    }
    return histogram;
  }

  private subtract(whole: Histogram, part: Histogram, features: readonly number[]): Histogram {
    for (const feature of features) {
      const end = this.offsets[feature + 1] ?? 0;
      for (let place = this.offsets[feature] ?? 0; place < end; place += 1) {
        whole.sums[place] = (whole.sums[place] ?? 0) - (part.sums[place] ?? 0);
        whole.counts[place] = (whole.counts[place] ?? 0) - (part.counts[place] ?? 0);
      }
    }
    return whole;
  }

  private bestSplit(leaf: Leaf, features: readonly number[]): Split | null {
    const { minLeaf } = this.options;
    const { histogram } = leaf;
    const count = leaf.to - leaf.from;
    if (histogram === null || count < 2 * minLeaf) return null;
    const best: Split = { gain: leastGain, feature: -1, bin: 0, missingRight: false, set: null };
    for (const feature of features) {
      if (this.ground.categorical[feature] === 1) this.searchCategories(leaf, histogram, feature, count, best);
      else this.searchFeature(leaf, histogram, feature, count, best);
    }
    return best.feature < 0 ? null : best;
  }

  private searchFeature(leaf: Leaf, { sums, counts }: Histogram, feature: number, count: number, best: Split): void {
    const { minLeaf, lambda } = this.options;
    const base = this.offsets[feature] ?? 0;
    const last = this.ground.binCounts[feature] ?? 0;
    const way = this.ground.monotone[feature] ?? 0;
    const missingCount = counts[base] ?? 0;
    const missingSum = sums[base] ?? 0;
    const before = score(leaf.sum, count, lambda, leaf.low, leaf.high);
    let leftCount = 0;
    let leftSum = 0;
    for (let bin = 1; bin < last; bin += 1) {
      leftCount += counts[base + bin] ?? 0;
      leftSum += sums[base + bin] ?? 0;
      if (leftCount + missingCount < minLeaf) continue;
      if (count - leftCount < minLeaf) break;
      for (let side = 0; side < (missingCount > 0 ? 2 : 1); side += 1) {
        const n = side === 0 ? leftCount + missingCount : leftCount;
        const s = side === 0 ? leftSum + missingSum : leftSum;
        if (n < minLeaf || count - n < minLeaf) continue;
        const other = leaf.sum - s;
        if (way !== 0 && way * (other / (count - n + lambda) - s / (n + lambda)) < 0) continue;
        const gain = score(s, n, lambda, leaf.low, leaf.high) + score(other, count - n, lambda, leaf.low, leaf.high) - before;
        if (gain > best.gain) {
          best.gain = gain;
          best.feature = feature;
          best.bin = bin;
          best.missingRight = side === 1;
          best.set = null;
        }
      }
    }
  }

  /** Of all ways to divide categories in two, the best is one of those that divide them sorted by their means. */
  private searchCategories(leaf: Leaf, { sums, counts }: Histogram, feature: number, count: number, best: Split): void {
    const { minLeaf, lambda } = this.options;
    const base = this.offsets[feature] ?? 0;
    const last = this.ground.binCounts[feature] ?? 0;
    const present: { readonly bin: number; readonly mean: number }[] = [];
    for (let bin = 0; bin < last; bin += 1) {
      const of = counts[base + bin] ?? 0;
      if (of >= fewestOfCategory) present.push({ bin, mean: (sums[base + bin] ?? 0) / (of + categoryLambda) });
    }
    if (present.length < 2) return;
    present.sort((a, b) => a.mean - b.mean || a.bin - b.bin);
    const before = score(leaf.sum, count, lambda, leaf.low, leaf.high);
    const more = lambda + categoryLambda;
    let leftCount = 0;
    let leftSum = 0;
    let chosen = 0;
    let top = best.gain;
    for (let place = 0; place < present.length - 1; place += 1) {
      const bin = present[place]?.bin ?? 0;
      leftCount += counts[base + bin] ?? 0;
      leftSum += sums[base + bin] ?? 0;
      if (leftCount < minLeaf) continue;
      if (count - leftCount < minLeaf) break;
      const gain = score(leftSum, leftCount, more, leaf.low, leaf.high) + score(leaf.sum - leftSum, count - leftCount, more, leaf.low, leaf.high) - before;
      if (gain > top) {
        top = gain;
        chosen = place + 1;
      }
    }
    if (chosen === 0) return;
    best.gain = top;
    best.feature = feature;
    best.bin = 0;
    best.missingRight = false;
    best.set = new Uint32Array(setWords);
    for (const { bin } of present.slice(0, chosen)) best.set[bin >> 5] = (best.set[bin >> 5] ?? 0) | (1 << (bin & 31));
  }
}

/** Most of the time of a training is spent here. */
function fillFeature(bins: Uint8Array, rows: Int32Array, gathered: Float64Array, sums: Float64Array, counts: Int32Array, base: number): void {
  const { length } = rows;
  for (let index = 0; index < length; index += 1) {
    const place = base + (bins[rows[index] ?? 0] ?? 0);
    sums[place] = (sums[place] ?? 0) + (gathered[index] ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  }
}

/** How much a leaf with this sum makes smaller what is to be small, at the value it may take. */
function score(sum: number, count: number, lambda: number, low: number, high: number): number {
  const free = sum / (count + lambda);
  if (free >= low && free <= high) return sum * free;
  const value = free < low ? low : high;
  return 2 * sum * value - (count + lambda) * value * value;
}

function bestOf(leaves: readonly Leaf[]): Leaf | undefined {
  let best: Leaf | undefined;
  for (const leaf of leaves) if (leaf.split !== null && leaf.split.gain > (best?.split?.gain ?? 0)) best = leaf;
  return best;
}

function joined(sets: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(sets.length * setWords);
  sets.forEach((set, index) => all.set(set, index * setWords));
  return all;
}
