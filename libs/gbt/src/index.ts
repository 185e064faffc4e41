export { type Column, type Columns, columnsOf, missing } from './columns';
export { type BinEdges, binsOf, edgesOf } from './bins';
export { type Loss, losses } from './loss';
export { type BoostOptions, type TrainingSet, boost, defaultOptions } from './boost';
export { BoostedTrees, ModelFormatError, type ModelJson } from './model';
export { heldOutStatistic, type CategoryTable, categoryTable, statisticOf } from './categories';
export { random, type Random, shuffled } from './random';
