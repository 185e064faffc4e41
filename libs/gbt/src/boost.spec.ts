import fc from 'fast-check';
import { BoostedTrees, boost, columnsOf, heldOutStatistic, losses, missing, ModelFormatError, random, statisticOf, categoryTable, type Columns } from '.';

interface Made {
  readonly features: Columns;
  readonly target: Float64Array;
}

/** A rule with an interaction, a step, a category and values that nobody told. */
function made(rows: number, seed: number): Made {
  const next = random(seed);
  const column = (scale: number): Float64Array => Float64Array.from({ length: rows }, () => next() * scale);
  const [a, b, noise] = [column(10), column(10), column(1)];
  const kind = Float64Array.from({ length: rows }, () => Math.floor(next() * 12));
  const known = Float64Array.from(b, (value) => (next() < 0.1 ? missing : value));
  const effect = [3, -2, 0, 5, 1, -4, 2, 0, -1, 4, -3, 2];
  const target = Float64Array.from(a, (value, row) => value * 0.5 + ((b[row] ?? 0) > 5 ? value * 0.3 : 0) + (effect[kind[row] ?? 0] ?? 0) + ((noise[row] ?? 0) - 0.5) * 0.4);
  return { features: columnsOf([['a', a], ['b', known], ['kind', kind]]), target };
}

const errorOf = (answers: Float64Array, target: Float64Array): number => Math.sqrt(answers.reduce((sum, answer, row) => sum + (answer - (target[row] ?? 0)) ** 2, 0) / target.length);
const share = (answers: Float64Array, target: Float64Array): number => target.filter((value, row) => value <= (answers[row] ?? 0)).length / target.length;
const options = { trees: 120, learningRate: 0.1, maxLeaves: 16, minLeaf: 10, categorical: ['kind'] };

describe('boosted trees', () => {
  const [train, test] = [made(3_000, 1), made(1_000, 2)];
  const model = boost(train, options);

  it('learn a rule with an interaction, a step and categories, for rows that they have not seen', () => {
    const spread = errorOf(new Float64Array(1_000).fill(test.target.reduce((sum, value) => sum + value, 0) / 1_000), test.target);
    expect(errorOf(model.predict(test.features), test.target)).toBeLessThan(spread * 0.2);
    // Without the categories as such, their numbers would have to be cut one by one.
    const ordered = boost(train, { ...options, categorical: [], trees: 20 });
    expect(errorOf(boost(train, { ...options, trees: 20 }).predict(test.features), test.target)).toBeLessThan(errorOf(ordered.predict(test.features), test.target));
  });

  it('are the same for the same seed, and others for another', () => {
    const sampled = { ...options, trees: 20, rowShare: 0.7, featureShare: 0.67 };
    const [one, two, three] = [7, 7, 8].map((seed) => JSON.stringify(boost(train, { ...sampled, seed }).toJson()));
    expect(one).toBe(two);
    expect(one).not.toBe(three);
  });

  it.each([0.1, 0.5, 0.9])('leave a share of %d below their quantile', (level) => {
    // A quantile needs leaves in which there is one.
    const quantile = boost(train, { ...options, loss: losses.quantile(level), minLeaf: 80, maxLeaves: 12 });
    expect(Math.abs(share(quantile.predict(test.features), test.target) - level)).toBeLessThan(0.06);
  });

  it('are not led astray by a few wild prices where the loss is Huber’s', () => {
    const wild = Float64Array.from(train.target, (value, row) => (row % 50 === 0 ? value + 400 : value));
    const huber = boost({ ...train, target: wild }, { ...options, loss: losses.huber(1), trees: 300 });
    const squared = boost({ ...train, target: wild }, { ...options, trees: 300 });
    expect(errorOf(huber.predict(test.features), test.target)).toBeLessThan(errorOf(squared.predict(test.features), test.target) / 3);
  });

  it('end when they no longer get better', () => {
    const watched = boost(train, { ...options, trees: 2_000, learningRate: 0.3, validation: test, patience: 15 });
    expect(watched.trees).toBeLessThan(1_900);
    expect(errorOf(watched.predict(test.features), test.target)).toBeLessThanOrEqual(errorOf(boost(train, { ...options, trees: 5, learningRate: 0.3 }).predict(test.features), test.target));
  });

  it('only rise or fall where they may do only that', () => {
    const held = boost(train, { ...options, monotone: { a: 1, b: -1 }, trees: 60 });
    fc.assert(
      fc.property(fc.double({ min: -5, max: 15, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), fc.integer({ min: 0, max: 11 }), (a, more, b, kind) => {
        const [low = 0, high = 0] = held.predict(columnsOf([['a', [a, a + more]], ['b', [b, b]], ['kind', [kind, kind]]]));
        const [near = 0, far = 0] = held.predict(columnsOf([['a', [a, a]], ['b', [b, b + more]], ['kind', [kind, kind]]]));
        return high >= low - 1e-12 && far <= near + 1e-12;
      }),
      { numRuns: 300 },
    );
  });

  it('answer nothing beyond what they have seen, whatever they are asked', () => {
    const [least, most] = [Math.min(...train.target), Math.max(...train.target)];
    const width = most - least;
    const value = fc.oneof(fc.double({ noNaN: false, noDefaultInfinity: true }), fc.constant(missing));
    fc.assert(
      fc.property(value, value, fc.integer({ min: -3, max: 300 }), (a, b, kind) => {
        const [answer = missing] = model.predict(columnsOf([['a', [a]], ['b', [b]], ['kind', [kind]]]));
        return answer >= least - width / 4 && answer <= most + width / 4;
      }),
    );
  });

  it('are the same after they were written down', () => {
    const again = BoostedTrees.fromJson(JSON.parse(JSON.stringify(model.toJson())));
    expect(again.predict(test.features)).toEqual(model.predict(test.features));
    expect(again.trees).toBe(120);
  });

  it('say what each feature does, and all of it together is the answer', () => {
    const { base, parts } = model.contributions([4, missing, 3]);
    const [answer = 0] = model.predict(columnsOf([['a', [4]], ['b', [missing]], ['kind', [3]]]));
    expect(base + parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(answer, 9);
    expect(parts[2]).toBeGreaterThan(2);
  });
});

describe('a training', () => {
  const one = columnsOf([['a', [1, 2, 3]]]);

  it('of one row, or of rows that are all alike, gives their answer', () => {
    expect([...boost({ features: columnsOf([['a', [5]]]), target: Float64Array.of(7) }).predict(columnsOf([['a', [1]]]))]).toEqual([7]);
    const alike = boost({ features: one, target: Float64Array.of(4, 4, 4) }, { minLeaf: 1 });
    expect([...alike.predict(columnsOf([['a', [0, missing, 99]]]))]).toEqual([4, 4, 4]);
  });

  it.each([
    ['no rows', columnsOf([['a', []]]), [], 'no rows'],
    ['too few targets', one, [1, 2], '2 targets'],
    ['a target that is none', one, [1, missing, 3], 'finite'],
    ['an infinite feature', columnsOf([['a', [1, Infinity, 3]]]), [1, 2, 3], 'infinite'],
  ])('with %s is refused', (_what, features, target, message) => {
    expect(() => boost({ features, target: Float64Array.from(target) })).toThrow(message);
  });

  it('with options that contradict each other is refused', () => {
    const set = { features: one, target: Float64Array.of(1, 2, 3) };
    expect(() => boost(set, { monotone: { z: 1 } })).toThrow('no feature z');
    expect(() => boost(set, { monotone: { a: 1 }, loss: losses.quantile(0.5) })).toThrow('quantiles');
    expect(() => boost({ ...set, features: columnsOf([['a', [0.5, 2, 3]]]) }, { categorical: ['a'] })).toThrow('no category');
    expect(() => columnsOf([['a', [1]], ['a', [2]]])).toThrow('same name');
    expect(() => columnsOf([['a', [1]], ['b', [2, 3]]])).toThrow('2 values');
  });
});

describe('a model from elsewhere', () => {
  const json = JSON.parse(JSON.stringify(boost(made(300, 3), { trees: 3, categorical: ['kind'] }).toJson())) as { nodes: Record<string, string>; trees: number[] };
  const left = (words: readonly number[]): string => Buffer.from(Int32Array.from(words).buffer).toString('base64');

  it.each([
    ['nothing', null],
    ['another format', { ...json, format: 'x' }],
    ['a later version', { ...json, version: 2 }],
    ['a tree without nodes', { ...json, trees: [0] }],
    ['an array that is cut short', { ...json, nodes: { ...json.nodes, value: json.nodes.value?.slice(0, 7) } }],
    ['fewer nodes than it says', { ...json, trees: [...json.trees, 5] }],
    ['a node that leads back to itself', { ...json, nodes: { ...json.nodes, left: left(Array.from({ length: json.trees.reduce((sum, size) => sum + size, 0) }, () => 0)) } }],
  ])('is refused when it is %s', (_what, value) => {
    expect(() => BoostedTrees.fromJson(value)).toThrow(ModelFormatError);
  });
});

describe('what is known of a category', () => {
  it('never comes from the row itself', () => {
    // Every category is there once: nothing may be known of any but the prior.
    const categories = Array.from({ length: 50 }, (_, index) => `c${index}`);
    const target = Float64Array.from(categories, (_, index) => index);
    const statistic = heldOutStatistic(categories, target, { weight: 5, seed: 1 });
    const together = statistic.reduce((sum, value, row) => sum + (value - 24.5) * ((target[row] ?? 0) - 24.5), 0);
    expect(together).toBeLessThanOrEqual(1e-6);
    expect(statisticOf(categoryTable(categories, target, 5), 'c49')).toBeCloseTo((49 + 5 * 24.5) / 6, 9);
    expect(statisticOf(categoryTable(categories, target, 5), 'never seen')).toBe(24.5);
  });
});
