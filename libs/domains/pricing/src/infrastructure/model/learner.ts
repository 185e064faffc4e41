import { z } from 'zod';
import type { Learner } from '../../application/registry/train-with';
import { AdditiveModel, type AdditiveParameters } from '../../domain/additive-model';

const stored = z.object({
  kind: z.literal('additive'),
  level: z.number(),
  slopes: z.array(z.number()),
  usualPower: z.number(),
  effects: z.record(z.string(), z.record(z.string(), z.tuple([z.number(), z.number()]))),
  offsets: z.record(z.string(), z.array(z.number())),
}) satisfies z.ZodType<AdditiveParameters>;

export const modelOf = (artefact: Uint8Array): AdditiveModel => new AdditiveModel(stored.parse(JSON.parse(new TextDecoder().decode(artefact))));

/** How prices are learned in this build. */
export const learner: Learner = {
  learn: (cars, at) => {
    const model = AdditiveModel.learn(cars, at);
    return {
      predict: (asked, when) => model.predict(asked, when),
      toBytes: () => new Uint8Array(new TextEncoder().encode(JSON.stringify(model.parameters))),
    };
  },
  load: modelOf,
};
