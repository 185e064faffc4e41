import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8 from making objects old at their birth. It learns that from what survives while much is worked off (a catalogue
 * that is filled, rows by the thousand), and never unlearns it; afterwards what requests make is put among the old, and keeps
 * all that it points to until a full collection. Measured with 100,000 cars: of each young generation 8 MB stayed where 0.2
 * had to, and a collection took 12 ms where it takes 1.5.
 */
export function bearYoung(): void {
  setFlagsFromString('--no-allocation-site-pretenuring');
}
