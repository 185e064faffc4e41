import { binOf, binsOf, type BinEdges } from './bins';
import type { Columns } from './columns';
import { setWords, sideOf, type Tree } from './tree';

export class ModelFormatError extends Error {
  override readonly name = 'ModelFormatError';
}

export interface ModelJson {
  readonly format: 'autobroker-gbt';
  readonly version: 1;
  readonly loss: string;
  readonly start: number;
  readonly features: readonly { readonly name: string; readonly edges: string }[];
  /** The number of nodes of each tree. */
  readonly trees: readonly number[];
  /** Little-endian typed arrays over the nodes of all trees, in base64. */
  readonly nodes: { readonly feature: string; readonly bin: string; readonly missing_right: string; readonly left: string; readonly set: string; readonly sets: string; readonly value: string };
}

const block = 512;

/** Bits of a packed node beside its feature. */
const binShift = 16;
const missingBit = 24;
const setBit = 25;

/** Trees that add up to an answer. Nodes of all of them stand one after the other. */
export class BoostedTrees {
  constructor(
    readonly names: readonly string[],
    readonly edges: readonly BinEdges[],
    readonly start: number,
    readonly loss: string,
    private readonly sizes: readonly number[],
    private readonly nodes: Tree,
  ) {
    this.packed = packed(nodes);
  }

  /** Two words a node, for the walk: where it goes on, and by what. Together they are one line of the processor's memory. */
  private readonly packed: Int32Array;

  static of(names: readonly string[], edges: readonly BinEdges[], start: number, loss: string, trees: readonly Tree[]): BoostedTrees {
    const sizes = trees.map((tree) => tree.left.length);
    const total = sizes.reduce((sum, size) => sum + size, 0);
    const sets = trees.reduce((sum, tree) => sum + tree.sets.length, 0);
    const all = {
      feature: new Uint16Array(total),
      bin: new Uint8Array(total),
      missingRight: new Uint8Array(total),
      left: new Int32Array(total),
      set: new Int32Array(total),
      sets: new Uint32Array(sets),
      value: new Float64Array(total),
    };
    let at = 0;
    let atSet = 0;
    for (const tree of trees) {
      all.feature.set(tree.feature, at);
      all.bin.set(tree.bin, at);
      all.missingRight.set(tree.missingRight, at);
      for (let node = 0; node < tree.left.length; node += 1) {
        const left = tree.left[node] ?? -1;
        all.left[at + node] = left < 0 ? -1 : left + at;
        const set = tree.set[node] ?? -1;
        all.set[at + node] = set < 0 ? -1 : set + atSet / setWords;
      }
      all.sets.set(tree.sets, atSet);
      atSet += tree.sets.length;
      all.value.set(tree.value, at);
      at += tree.left.length;
    }
    return new BoostedTrees(names, edges, start, loss, sizes, all);
  }

  get trees(): number {
    return this.sizes.length;
  }

  predict(data: Columns): Float64Array {
    return this.predictBinned(this.binned(data), data.rows);
  }

  /** Row by row, as `predictBinned` takes them: several models of the same features share the work. */
  binned(data: Columns): Uint8Array {
    const count = this.names.length;
    const bins = new Uint8Array(count * data.rows);
    this.names.forEach((name, feature) => {
      const column = data.columns[data.names.indexOf(name)];
      if (column === undefined) throw new RangeError(`column ${name} is missing`);
      const ofColumn = binsOf(column, this.edges[feature] ?? new Float64Array(0));
      for (let row = 0; row < data.rows; row += 1) bins[row * count + feature] = ofColumn[row] ?? 0;
    });
    return bins;
  }

  predictBinned(bins: Uint8Array, rows: number): Float64Array {
    const answers = new Float64Array(rows).fill(this.start);
    const count = this.names.length;
    // A block of rows and one tree at a time: both stay in the processor's nearest memory.
    for (let from = 0; from < rows; from += block) {
      const to = Math.min(rows, from + block);
      let root = 0;
      for (const size of this.sizes) {
        addTree(this.packed, this.nodes, root, bins, count, from, to, answers);
        root += size;
      }
    }
    return answers;
  }

  /**
   * How much each feature of a row moves the answer: what is gained at each step of its ways through the trees. Together
   * with the answer for nobody in particular they add up to the answer.
   */
  contributions(values: readonly number[]): { readonly base: number; readonly parts: Float64Array } {
    const bins = values.map((value, feature) => binOf(value, this.edges[feature] ?? new Float64Array(0)));
    const parts = new Float64Array(this.names.length);
    const { feature, left, value } = this.nodes;
    let base = this.start;
    let root = 0;
    for (const size of this.sizes) {
      let node = root;
      base += value[node] ?? 0;
      for (let next = left[node] ?? -1; next >= 0; next = left[node] ?? -1) {
        const asked = feature[node] ?? 0;
        const child = next + sideOf(this.nodes, node, bins[asked] ?? 0);
        parts[asked] = (parts[asked] ?? 0) + (value[child] ?? 0) - (value[node] ?? 0);
        node = child;
      }
      root += size;
    }
    return { base, parts };
  }

  toJson(): ModelJson {
    const { feature, bin, missingRight, left, set, sets, value } = this.nodes;
    return {
      format: 'autobroker-gbt',
      version: 1,
      loss: this.loss,
      start: this.start,
      features: this.names.map((name, index) => ({ name, edges: text(this.edges[index] ?? new Float64Array(0)) })),
      trees: this.sizes,
      nodes: { feature: text(feature), bin: text(bin), missing_right: text(missingRight), left: text(left), set: text(set), sets: text(sets), value: text(value) },
    };
  }

  static fromJson(json: unknown): BoostedTrees {
    const { start, loss, features, trees, nodes } = checkedJson(json);
    const tree = {
      feature: new Uint16Array(bytes(nodes.feature, 2)),
      bin: new Uint8Array(bytes(nodes.bin, 1)),
      missingRight: new Uint8Array(bytes(nodes.missing_right, 1)),
      left: new Int32Array(bytes(nodes.left, 4)),
      set: new Int32Array(bytes(nodes.set, 4)),
      sets: new Uint32Array(bytes(nodes.sets, 4)),
      value: new Float64Array(bytes(nodes.value, 8)),
    };
    checkNodes(tree, trees, features.length);
    return new BoostedTrees(features.map(({ name }) => name), features.map(({ edges }) => new Float64Array(bytes(edges, 8))), start, loss, trees, tree);
  }
}

function packed({ feature, bin, missingRight, left, set }: Tree): Int32Array {
  const words = new Int32Array(left.length * 2);
  for (let node = 0; node < left.length; node += 1) {
    const of = set[node] ?? -1;
    words[node * 2] = left[node] ?? -1;
    words[node * 2 + 1] = (feature[node] ?? 0) | ((bin[node] ?? 0) << binShift) | ((missingRight[node] ?? 0) << missingBit) | (of >= 0 ? 1 << setBit : 0);
  }
  return words;
}

function addTree(words: Int32Array, { value, set, sets }: Tree, root: number, bins: Uint8Array, count: number, from: number, to: number, answers: Float64Array): void {
  for (let row = from; row < to; row += 1) {
    const base = row * count;
    let node = root;
    for (let next = words[node * 2] ?? -1; next >= 0; next = words[node * 2] ?? -1) {
      const how = words[node * 2 + 1] ?? 0;
      const has = bins[base + (how & 0xffff)] ?? 0;
      if ((how >>> setBit) & 1) node = next + 1 - (((sets[(set[node] ?? 0) * setWords + (has >> 5)] ?? 0) >>> (has & 31)) & 1);
      else if (has === 0) node = next + ((how >>> missingBit) & 1);
      else node = next + Number(has > ((how >>> binShift) & 0xff));
    }
    answers[row] = (answers[row] ?? 0) + (value[node] ?? 0);
  }
}

const text = (array: Float64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array): string => Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString('base64');

function bytes(encoded: string, size: number): ArrayBuffer {
  const raw = Buffer.from(encoded, 'base64');
  if (raw.length % size !== 0) throw new ModelFormatError('an array of the model is cut short');
  const whole = new ArrayBuffer(raw.length);
  new Uint8Array(whole).set(raw);
  return whole;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const parts = ['feature', 'bin', 'missing_right', 'left', 'set', 'sets', 'value'] as const;

function checkedJson(json: unknown): ModelJson {
  const fail = (what: string): never => {
    throw new ModelFormatError(`this is no model of ours: ${what}`);
  };
  if (!isRecord(json) || json.format !== 'autobroker-gbt') return fail('its format is another');
  if (json.version !== 1) return fail(`version ${String(json.version)} is not known`);
  const { start, loss, features, trees, nodes } = json;
  if (typeof start !== 'number' || !Number.isFinite(start) || typeof loss !== 'string') return fail('its start is no number');
  if (!Array.isArray(features) || !Array.isArray(trees) || !isRecord(nodes)) return fail('a part is missing');
  const named = features.map((feature: unknown) =>
    isRecord(feature) && typeof feature.name === 'string' && typeof feature.edges === 'string' ? { name: feature.name, edges: feature.edges } : fail('a feature has no name'),
  );
  const sizes = trees.map((size: unknown) => (typeof size === 'number' && Number.isInteger(size) && size > 0 ? size : fail('a tree has no size')));
  const [feature = '', bin = '', missingRight = '', left = '', set = '', sets = '', value = ''] = parts.map((part) => {
    const array = nodes[part];
    return typeof array === 'string' ? array : fail(`its nodes have no ${part}`);
  });
  return { format: 'autobroker-gbt', version: 1, start, loss, features: named, trees: sizes, nodes: { feature, bin, missing_right: missingRight, left, set, sets, value } };
}

/** A model from elsewhere must not lead a walk out of its tree, or in a circle. */
function checkNodes(tree: Tree, sizes: readonly number[], features: number): void {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (const array of [tree.feature, tree.bin, tree.missingRight, tree.left, tree.set, tree.value]) {
    if (array.length !== total) throw new ModelFormatError(`the model has ${total} nodes, an array of it ${array.length}`);
  }
  let root = 0;
  for (const size of sizes) {
    for (let node = root; node < root + size; node += 1) {
      const left = tree.left[node] ?? -1;
      if (left !== -1 && (left <= node || left + 1 >= root + size)) throw new ModelFormatError('a node leads out of its tree');
      if ((tree.feature[node] ?? 0) >= Math.max(1, features) || (tree.missingRight[node] ?? 0) > 1 || ((tree.set[node] ?? -1) + 1) * setWords > tree.sets.length || !Number.isFinite(tree.value[node] ?? 0)) throw new ModelFormatError('a node is not right');
    }
    root += size;
  }
}
