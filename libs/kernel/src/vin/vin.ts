import { refuse, type Refusal } from '../refusal';
import { ok, type Result } from '../result';
import { checkDigitOf } from './alphabet';
import { decodeModelYear, isModelYearCode, type ModelYear } from './model-year';
import { countryOf, regionOf, type VinRegion } from './region';
import { lookUpMaker } from './wmi/table';

/**
 * - `vin_length`: not 17 characters (vehicles from before 1981 have shorter numbers, which are no VINs)
 * - `vin_characters`: a character that no VIN has; I, O and Q are the usual ones
 * - `vin_placeholder`: a filler such as seventeen ones, whose check digit is even right
 * - `vin_check_digit`, `vin_model_year`, `vin_serial`: against the rules of the North American market
 */
export type VinCode = 'vin_length' | 'vin_characters' | 'vin_placeholder' | 'vin_check_digit' | 'vin_model_year' | 'vin_serial';

export interface VinOptions {
  /** Known to have been made for the North American market, wherever it was built: 49 CFR 565 applies. */
  readonly market?: 'north-america';
}

export interface VinDecoded {
  readonly vin: string;
  readonly wmi: string;
  readonly manufacturer?: string;
  readonly make?: string;
  /** ISO 3166-1 of the factory's country where the maker is known, else of the country that allots the WMI. */
  readonly country?: string;
  readonly region: VinRegion;
  /** Fewer than 1,000 vehicles a year: the WMI ends in 9. */
  readonly lowVolume: boolean;
  readonly modelYear: ModelYear;
  readonly plant: string;
  readonly serial: string;
  readonly checkDigit: 'valid' | 'not_used';
}

const LENGTH = 17;
const ALPHABET = /^[A-HJ-NPR-Z0-9]+$/u;
const LOOKALIKES: Readonly<Record<string, string>> = { I: '1', O: '0', Q: '0' };

/** A vehicle identification number that is well formed by ISO 3779 and, for North America, right by 49 CFR 565. */
export class Vin {
  private constructor(
    readonly value: string,
    private readonly northAmerican: boolean,
  ) {}

  /**
   * Takes blanks and hyphens out and puts letters in upper case; guesses nothing else. Outside North America
   * position 9 is free, so a wrong check digit is no reason to refuse there.
   */
  static parse(text: string, options: VinOptions = {}): Result<Vin, Refusal<VinCode>> {
    const value = Vin.normalise(text);
    if (value.length !== LENGTH) return refuse('vin_length', `A VIN has ${LENGTH} characters, not ${value.length}`);
    if (!ALPHABET.test(value)) return refuseCharacters(value);
    if (new Set(value).size === 1) return refuse('vin_placeholder', 'The same character all through is a placeholder');
    const northAmerican = options.market === 'north-america' || regionOf(value) === 'North America';
    return northAmerican ? Vin.parseNorthAmerican(value) : ok(new Vin(value, false));
  }

  static isValid(text: string, options: VinOptions = {}): boolean {
    return Vin.parse(text, options).ok;
  }

  static normalise(text: string): string {
    return text.replace(/[\s\u00a0\-\u2010-\u2015]+/gu, '').toUpperCase();
  }

  /** What belongs in position 9 of these seventeen characters. */
  static checkDigitFor(value: string): string {
    return checkDigitOf(value);
  }

  /** World manufacturer identifier: positions 1–3. */
  get wmi(): string {
    return this.value.slice(0, 3);
  }

  /** Vehicle descriptor section: positions 4–9. */
  get vds(): string {
    return this.value.slice(3, 9);
  }

  /** Vehicle indicator section: positions 10–17. */
  get vis(): string {
    return this.value.slice(9);
  }

  get isLowVolume(): boolean {
    return this.value.charAt(2) === '9';
  }

  /** Position 11; what it stands for is up to the maker. */
  get plant(): string {
    return this.value.charAt(10);
  }

  /** The running number: six characters, three for a small maker, whose name takes the other three. */
  get serial(): string {
    return this.value.slice(this.isLowVolume ? 14 : 11);
  }

  /** Whether position 9 holds the check digit, which says much about where the car was sold. */
  get hasCheckDigit(): boolean {
    return this.value.charAt(8) === checkDigitOf(this.value);
  }

  get region(): VinRegion {
    return regionOf(this.value);
  }

  /** `asOf` keeps years out that have not come yet; only uncertain years need it. */
  modelYear(asOf?: Date): ModelYear {
    return decodeModelYear(this.value, this.northAmerican, asOf);
  }

  decode(asOf?: Date): VinDecoded {
    const maker = lookUpMaker(this.value);
    const country = maker?.country ?? countryOf(this.value);
    return {
      vin: this.value,
      wmi: this.wmi,
      ...(maker === undefined ? {} : { manufacturer: maker.manufacturer }),
      ...(maker?.make === undefined ? {} : { make: maker.make }),
      ...(country === undefined ? {} : { country }),
      region: this.region,
      lowVolume: this.isLowVolume,
      modelYear: this.modelYear(asOf),
      plant: this.plant,
      serial: this.serial,
      checkDigit: this.hasCheckDigit ? 'valid' : 'not_used',
    };
  }

  equals(other: Vin): boolean {
    return this.value === other.value;
  }

  toJSON(): string {
    return this.value;
  }

  toString(): string {
    return this.value;
  }

  private static parseNorthAmerican(value: string): Result<Vin, Refusal<VinCode>> {
    const expected = checkDigitOf(value);
    if (value.charAt(8) !== expected) {
      return refuse('vin_check_digit', `Position 9 is ${value.charAt(8)}, but should be ${expected}`, { extra: { expected, actual: value.charAt(8) } });
    }
    if (!isModelYearCode(value.charAt(9))) return refuse('vin_model_year', `${value.charAt(9)} in position 10 is no model year`);
    const digits = value.charAt(2) === '9' ? value.slice(14) : value.slice(13);
    if (!/^\d+$/u.test(digits)) return refuse('vin_serial', 'The running number at the end must be of digits');
    return ok(new Vin(value, true));
  }
}

/** Says which VIN may have been meant when only look-alikes are wrong and the check digit then fits; never takes it by itself. */
function refuseCharacters(value: string): Result<never, Refusal<VinCode>> {
  const wrong = [...new Set([...value].filter((character) => !ALPHABET.test(character)))];
  const repaired = value.replace(/[IOQ]/gu, (character) => LOOKALIKES[character] ?? character);
  const suggestion = ALPHABET.test(repaired) && repaired.charAt(8) === checkDigitOf(repaired) ? repaired : undefined;
  return refuse('vin_characters', `No VIN has ${wrong.join(', ')}`, suggestion === undefined ? {} : { extra: { suggestion } });
}
