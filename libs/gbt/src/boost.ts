import { binsOf, categoryEdges, edgesOf, type BinEdges } from './bins';
import type { Columns } from './columns';
import { losses, type Loss } from './loss';
import { BoostedTrees } from './model';
import { random, type Random, shuffled } from './random';
import { sideOf, TreeGrower, type Ground, type Tree, type TreeOptions } from './tree';

export interface TrainingSet {
  readonly features: Columns;
  readonly target: Float64Array;
}

export interface BoostOptions extends TreeOptions {
  readonly loss: Loss;
  readonly trees: number;
  readonly learningRate: number;
  /** Shares of the rows and of the features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  readonly seed: number;
  /** Per feature: 1 where the answer may only rise with it, -1 where it may only fall. */
  readonly monotone?: Readonly<Record<string, 1 | -1>>;
  /** Features whose values are numbers of categories, 0 to 253: there is no order among them. */
  readonly categorical?: readonly string[];
  /** The edges of a model of the same features: whoever is asked after both can sort a row into bins once for both. */
  readonly edges?: readonly BinEdges[];
  /** Training ends when so many trees have not made the loss on `validation` smaller. */
  readonly patience?: number;
  readonly validation?: TrainingSet;
}

export const defaultOptions: BoostOptions = {
  loss: losses.squared,
  trees: 300,
  learningRate: 0.08,
  maxLeaves: 31,
  minLeaf: 20,
  maxDepth: 24,
  lambda: 1,
  rowShare: 1,
  featureShare: 1,
  seed: 1,
};

/** Trains trees, each on what the ones before it got wrong. */
export function boost(set: TrainingSet, given: Partial<BoostOptions> = {}): BoostedTrees {
  const options = { ...defaultOptions, ...given };
  check(set, options);
  const { features, target } = set;
  const { loss } = options;
  const edges = options.edges ?? features.columns.map((column, index) => (options.categorical?.includes(features.names[index] ?? '') === true ? categoryEdges(column) : edgesOf(column)));
  const start = loss.start(target);
  const ground = groundOf(features, edges, options);
  const grower = new TreeGrower(ground, features.rows, options);
  const answer = new Float64Array(features.rows).fill(start);
  const gradient = new Float64Array(features.rows);
  const next = random(options.seed);
  const watch = options.validation === undefined ? null : new Watch(options.validation, edges, start, loss);
  const trees: Tree[] = [];
  for (let turn = 0; turn < options.trees; turn += 1) {
    loss.gradients(target, answer, gradient);
    const rows = rowsOf(features.rows, options.rowShare, next);
    const tree = grower.grow(rows, gradient, featuresOf(features.columns.length, options.featureShare, next), (value, ofLeaf) => {
      const { leaf } = loss;
      const found = leaf === null ? value : leaf(Float64Array.from(ofLeaf, (row) => (target[row] ?? 0) - (answer[row] ?? 0)));
      return found;
    });
    shrink(tree, options.learningRate);
    addTo(answer, tree, ground.bins);
    trees.push(tree);
    if (watch !== null && watch.isDone(tree, trees.length, options.patience ?? 30)) break;
  }
  return BoostedTrees.of(features.names, edges, start, loss.name, watch === null ? trees : trees.slice(0, watch.best));
}

function check({ features, target }: TrainingSet, options: BoostOptions): void {
  if (features.rows === 0) throw new RangeError('there are no rows to learn from');
  if (target.length !== features.rows) throw new RangeError(`there are ${features.rows} rows and ${target.length} targets`);
  if (target.some((value) => !Number.isFinite(value))) throw new RangeError('every target must be a finite number');
  if (features.columns.some((column) => column.some((value) => value === Infinity || value === -Infinity))) throw new RangeError('a feature may be missing, but not infinite');
  if (options.monotone !== undefined && options.loss.leaf !== null) throw new RangeError('a model of quantiles can not be held to rise or fall');
  for (const name of [...Object.keys(options.monotone ?? {}), ...(options.categorical ?? [])]) if (!features.names.includes(name)) throw new RangeError(`there is no feature ${name}`);
}

function groundOf(features: Columns, edges: readonly BinEdges[], { monotone = {}, categorical = [] }: BoostOptions): Ground {
  return {
    bins: features.columns.map((column, index) => binsOf(column, edges[index] ?? new Float64Array(0))),
    binCounts: Int32Array.from(edges, (ofColumn) => ofColumn.length + 2),
    monotone: Int8Array.from(features.names, (name) => monotone[name] ?? 0),
    categorical: Uint8Array.from(features.names, (name) => Number(categorical.includes(name))),
  };
}

function rowsOf(count: number, share: number, next: Random): Int32Array {
  if (share >= 1) return Int32Array.from({ length: count }, (_, row) => row);
  const rows = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < count; row += 1) {
    if (next() < share) {
      rows[at] = row;
      at += 1;
    }
  }
  // Of very few rows none may have been drawn.
  return at === 0 ? Int32Array.of(Math.floor(next() * count)) : rows.subarray(0, at);
}

function featuresOf(count: number, share: number, next: Random): number[] {
  if (share >= 1) return Array.from({ length: count }, (_, index) => index);
  return [...shuffled(count, next).subarray(0, Math.max(1, Math.round(count * share)))].sort((a, b) => a - b);
}

function shrink({ value }: Tree, rate: number): void {
  for (let node = 0; node < value.length; node += 1) value[node] = (value[node] ?? 0) * rate;
}

function addTo(answer: Float64Array, tree: Tree, bins: readonly Uint8Array[]): void {
  const { feature, left, value } = tree;
  for (let row = 0; row < answer.length; row += 1) {
    let node = 0;
    for (let child = left[node] ?? -1; child >= 0; child = left[node] ?? -1) {
      node = child + sideOf(tree, node, bins[feature[node] ?? 0]?.[row] ?? 0);
    }
    answer[row] = (answer[row] ?? 0) + (value[node] ?? 0);
  }
}

/** Sees how a model does on rows that it does not learn from. */
class Watch {
  best = 1;
  private least = Infinity;
  private readonly answer: Float64Array;
  private readonly bins: readonly Uint8Array[];

  constructor(
    private readonly set: TrainingSet,
    edges: readonly BinEdges[],
    start: number,
    private readonly loss: Loss,
  ) {
    this.answer = new Float64Array(set.features.rows).fill(start);
    this.bins = set.features.columns.map((column, index) => binsOf(column, edges[index] ?? new Float64Array(0)));
  }

  isDone(tree: Tree, trees: number, patience: number): boolean {
    addTo(this.answer, tree, this.bins);
    let sum = 0;
    this.set.target.forEach((target, row) => (sum += this.loss.of(target, this.answer[row] ?? 0)));
    if (sum < this.least) {
      this.least = sum;
      this.best = trees;
    }
    return trees - this.best >= patience;
  }
}
