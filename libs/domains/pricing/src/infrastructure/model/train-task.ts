import type { TrainingInput, TrainingResult } from '../../application/registry/ports';
import { trainWith } from '../../application/registry/train-with';
import { learner } from './learner';

/** Runs in a thread: seconds to minutes of nothing but arithmetic. */
export const trainPrices = (input: TrainingInput): TrainingResult => trainWith(learner, input);
