import { calm, type Chaos } from '../shared/chaos';

const usual = new Map<string, unknown>(Object.entries(calm));

/** The switches that are not as usual. */
export const changed = (chaos: Readonly<Chaos>): Partial<Chaos> => Object.fromEntries(Object.entries(chaos).filter(([name, value]) => usual.get(name) !== value));
