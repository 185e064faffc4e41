import type { TrainingInput, TrainingResult } from '../../application/registry/ports';
import { trainWith } from '../../application/registry/train-with';
import { learner } from './learner';

/** Runs in a process of its own: seconds to minutes of nothing but arithmetic. */
export const trainPrices = (input: TrainingInput, cars: AsyncIterable<Uint8Array>): Promise<TrainingResult> => trainWith(learner, input, cars);
