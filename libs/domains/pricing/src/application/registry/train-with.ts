import { z } from 'zod';
import { judge, judgeBaseline, judgeSegments, type PricedFacts } from '../../domain/judge-model';
import type { CarFacts } from '../../domain/market-car';
import type { ModelMetrics } from '../../domain/model-version';
import type { PriceQuantiles } from '../../domain/valuation';
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
export function trainWith(learner: Learner, { cars: bytes, carsTrain, at: time, seed, inService }: TrainingInput): TrainingResult {
  const at = new Date(time);
  const cars = carsIn(bytes);
  const [learned, asked] = [cars.slice(0, carsTrain), cars.slice(carsTrain)];
  const model = learner.learn(learned, at, seed);
  const facts = asked.map((car) => car.facts);
  const prices = asked.map(({ price }) => price);
  const predicted = model.predict(facts, at);
  return {
    artefact: model.toBytes(),
    carsTrain: learned.length,
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

function carsIn(bytes: Uint8Array): TrainingCar[] {
  const text = new TextDecoder().decode(bytes);
  return text
    .split('\n')
    .filter((one) => one !== '')
    .map((one) => line.parse(JSON.parse(one)));
}
