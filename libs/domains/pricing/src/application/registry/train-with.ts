import { z } from 'zod';
import { judge, judgeBaseline, judgeSegments, type PricedFacts } from '../../domain/judge-model';
import type { CarFacts } from '../../domain/market-car';
import type { ModelMetrics } from '../../domain/model-version';
import type { PriceQuantiles } from '../../domain/valuation';
import { trainingSplit } from '../../domain/training-split';
import { distributionsOf } from '../../domain/watched-facts';
import type { TrainingCar, TrainingInput, TrainingResult } from './ports';

export interface Predictor {
  predict(cars: readonly CarFacts[], at: Date): readonly PriceQuantiles[];
}

/** A way to learn prices. */
export interface Learner {
  learn(cars: readonly TrainingCar[], at: Date, seed: number): Predictor & { toBytes(): Uint8Array };
  load(artefact: Uint8Array): Predictor;
}

const fewestOfSegment = 20;
const line = z.object({ id: z.string(), listedAt: z.string(), price: z.number(), facts: z.custom<CarFacts>((facts) => typeof facts === 'object' && facts !== null) });

/** Learns from the older cars and judges by the newer ones, the model in service beside it. Runs where nobody waits. */
export async function trainWith(learner: Learner, { at: time, seed, inService }: TrainingInput, bytes: AsyncIterable<Uint8Array>): Promise<TrainingResult> {
  const at = new Date(time);
  const cars = await carsIn(bytes);
  const split = trainingSplit(cars.map(({ listedAt }) => new Date(listedAt)));
  if (split === null) return { enough: false, cars: cars.length };
  const [learned, asked] = [cars.slice(0, split.train), cars.slice(split.train)];
  const model = learner.learn(learned, at, seed);
  const facts = asked.map((car) => car.facts);
  const prices = asked.map(({ price }) => price);
  const predicted = model.predict(facts, at);
  return {
    enough: true,
    artefact: model.toBytes(),
    carsTrain: learned.length,
    learnedFrom: split.from,
    learnedTo: split.to,
    metrics: judge(predicted, prices),
    inService: judgedAgain(learner, inService, (before) => judge(before.predict(facts, at), prices)),
    baseline: judgeBaseline(priced(learned), priced(asked)),
    segments: judgeSegments(priced(asked), predicted, fewestOfSegment),
    distributions: distributionsOf(learned.map((car) => car.facts)),
  };
}

/** A model in service that this build can't read, because it is of another one, is none to be better than. */
function judgedAgain(learner: Learner, artefact: Uint8Array | null, judged: (before: Predictor) => ModelMetrics): ModelMetrics | null {
  if (artefact === null) return null;
  let before: Predictor;
  try {
    before = learner.load(artefact);
  } catch {
    return null;
  }
  return judged(before);
}

const priced = (cars: readonly TrainingCar[]): PricedFacts[] => cars.map(({ facts, price }) => ({ facts, price }));

/** Newest first as they come, oldest first as they are learned from. */
async function carsIn(bytes: AsyncIterable<Uint8Array>): Promise<TrainingCar[]> {
  const cars: TrainingCar[] = [];
  const decoder = new TextDecoder();
  let rest = '';
  for await (const piece of bytes) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) cars.push(line.parse(JSON.parse(text)));
  }
  if (rest !== '') throw new Error('the cars to learn from are cut short');
  return cars.reverse();
}
