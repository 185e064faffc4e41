import { explore } from '@autobroker/kernel';
import { type May, modelOf, onlyWhatIsUsual } from './world';

const worlds: Readonly<Record<string, Partial<May>>> = {
  'two buyers of one car': { sales: 2, onTheWay: 1, upTo: 'contract' },
  'money, to the balance': {},
};

describe('every order of events', () => {
  it.each(Object.entries(worlds))('%s', (name, more) => {
    const began = performance.now();
    const { states, steps, fault } = explore(modelOf({ ...onlyWhatIsUsual, ...more }));
    process.stdout.write(`${name}: ${states} states, ${steps} steps, ${Math.round(performance.now() - began)} ms\n`);
    expect(fault).toBeNull();
  });
});
