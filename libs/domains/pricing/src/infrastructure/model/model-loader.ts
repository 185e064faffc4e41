import { Injectable } from '@nestjs/common';
import { coverageIn, type LoadedModel, ModelLoader, type ModelVersion } from '../../application/registry/ports';
import { BoostedPrices } from './learner';

@Injectable()
export class ArtefactLoader extends ModelLoader {
  override load(version: ModelVersion, artefact: Uint8Array): LoadedModel {
    const model = BoostedPrices.of(artefact);
    return {
      id: version.id,
      label: version.label,
      trainedAt: version.trainedAt,
      knows: (facts) => model.knows(facts),
      predict: (cars, at) => model.predict(cars, at),
      explain: (facts, at, worth) => model.explain(facts, at, worth),
      coverageOf: ({ make }) => coverageIn(version, make),
    };
  }
}
