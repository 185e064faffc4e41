import { vehicleFactsSchema } from '@autobroker/contracts';
import { factsJson, offersJson } from '../domain/facts-json';
import { generatedFacts } from '../infrastructure/demo/generator';
import { Random } from '../infrastructure/demo/random';
import { aVehicle } from '../domain/a-car';

it('the facts that the service tells fit the contract, whatever the car', () => {
  const random = new Random(5);
  for (let turn = 0; turn < 300; turn++) {
    const vehicle = { ...aVehicle(), facts: generatedFacts(random, 2026) };
    expect(() => vehicleFactsSchema.parse({ ...factsJson(vehicle), offers: offersJson([], 50) })).not.toThrow();
  }
});
