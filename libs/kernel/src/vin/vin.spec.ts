import fc from 'fast-check';
import { allWmis, lookUpWmi, Vin, type VinCode, type VinDecoded } from '../index';

const decode = (text: string, asOf?: Date): VinDecoded => {
  const parsed = Vin.parse(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.code}`);
  return parsed.value.decode(asOf);
};
const codeOf = (text: string, market?: 'north-america'): VinCode | 'ok' => {
  const parsed = Vin.parse(text, market === undefined ? {} : { market });
  return parsed.ok ? 'ok' : parsed.error.code;
};
const withCheckDigit = (text: string): string => text.slice(0, 8) + Vin.checkDigitFor(text) + text.slice(9);

const character = fc.constantFrom(...'ABCDEFGHJKLMNPRSTUVWXYZ0123456789');
const digit = fc.constantFrom(...'0123456789');
const northAmerican = fc
  .tuple(fc.constantFrom('1HG', '2T1', '3VW', '4US', '5YJ', '7SA'), fc.array(character, { minLength: 6, maxLength: 6 }), fc.constantFrom(...'ABCDEFGHJKLMNPRSTVWXY123456789'), character, fc.array(digit, { minLength: 6, maxLength: 6 }))
  .map(([wmi, vds, year, plant, serial]) => withCheckDigit(wmi + vds.join('') + year + plant + serial.join('')));

describe('Vin.parse', () => {
  it.each(['1HGCM82633A004352', '1M8GDM9AXKP042788', '5GZCZ43D13S812715', 'JH4KA7561PC008269'])('takes %s, whose check digit is right', (vin) => {
    expect(codeOf(vin, 'north-america')).toBe('ok');
  });

  it('puts in order what people type, and nothing more', () => {
    const parsed = Vin.parse(' 1hgcm-82633\u00a0a004352\n');
    expect(parsed.ok && parsed.value.value).toBe('1HGCM82633A004352');
  });

  it.each<[string, VinCode]>([
    ['', 'vin_length'],
    ['1HGCM82633A00435', 'vin_length'],
    ['1HGCM82633A0043521', 'vin_length'],
    ['WVWZZZ1KZAW12345I', 'vin_characters'],
    ['WVWZZZ1KZAW1234Ö6', 'vin_characters'],
    ['WVWZZZ1KZAW_23456', 'vin_characters'],
    ['11111111111111111', 'vin_placeholder'],
    ['00000000000000000', 'vin_placeholder'],
    ['1HGCM82643A004352', 'vin_check_digit'],
    [withCheckDigit('1HGCM8263ZA004352'), 'vin_model_year'],
    [withCheckDigit('1HGCM82630A004352'), 'vin_model_year'],
    [withCheckDigit('1HGCM82633A00435A'), 'vin_serial'],
  ])('refuses %j with %s', (vin, code) => {
    expect(codeOf(vin)).toBe(code);
  });

  it('takes a European VIN without a check digit, but not where the North American rules are known to hold', () => {
    expect(codeOf('WVWZZZ1KZAW123456')).toBe('ok');
    expect(codeOf('WVWZZZ1KZAW123456', 'north-america')).toBe('vin_check_digit');
    expect(decode('WVWZZZ1KZAW123456').checkDigit).toBe('not_used');
    expect(decode('JH4KA7561PC008269').checkDigit).toBe('valid');
  });

  it('suggests what was meant by look-alikes only when the check digit proves it', () => {
    expect(Vin.parse('1HGCM82633AOO4352')).toMatchObject({ error: { code: 'vin_characters', extra: { suggestion: '1HGCM82633A004352' } } });
    const unproven = Vin.parse('WVWZZZ1KZAW12345O');
    expect(unproven.ok ? 'ok' : unproven.error.extra).toBeUndefined();
  });

  it('says which check digit belongs there', () => {
    expect(Vin.parse('1HGCM82643A004352')).toMatchObject({ error: { extra: { expected: '3', actual: '4' } } });
  });

  it('notices every single wrong character that changes the sum', () => {
    fc.assert(fc.property(northAmerican, fc.nat(16), character, (vin, at, other) => {
      expect(codeOf(vin)).toBe('ok');
      const wrong = vin.slice(0, at) + other + vin.slice(at + 1);
      // Letters and digits of equal value are indistinguishable by design (A, J and 1), and position 9 is the digit itself.
      const changes = at === 8 ? other !== vin.charAt(8) : Vin.checkDigitFor(wrong) !== vin.charAt(8);
      if (changes && '12345'.includes(wrong.charAt(0))) expect(codeOf(wrong)).toBe('vin_check_digit');
      if (at !== 8 && '0123456789'.includes(other) && '0123456789'.includes(vin.charAt(at)) && other !== vin.charAt(at)) expect(changes).toBe(true);
    }));
  });

  it('is stable: normalising twice changes nothing, and no text throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[A-Za-z0-9 -]{15,20}$/)), (text) => {
      const once = Vin.normalise(text);
      expect(Vin.normalise(once)).toBe(once);
      const parsed = Vin.parse(text);
      if (parsed.ok) expect(Vin.parse(parsed.value.toString())).toEqual(parsed);
    }));
  });
});

describe('Vin.modelYear', () => {
  it.each<[string, number]>([
    ['1HGCM82633A004352', 2003],
    ['1M8GDM9AXKP042788', 1989],
    [withCheckDigit('5YJ3E1EA7KF317000'), 2019],
    [withCheckDigit('1HGCM8263AA004352'), 1980],
    [withCheckDigit('1HGCM8A63AA004352'), 2010],
    [withCheckDigit('1HGCM82639A004352'), 2009],
    [withCheckDigit('1HGCM8A639A004352'), 2039],
  ])('of %s is %d by position 7', (vin, year) => {
    expect(decode(vin).modelYear).toEqual({ certainty: 'certain', year });
  });

  it('outside North America is a list of candidates, without those still to come', () => {
    expect(decode('WVWZZZ1KZAW123456').modelYear).toEqual({ certainty: 'uncertain', candidates: [2010, 1980] });
    expect(decode('WVWZZZ1KZYW123456', new Date('2026-11-20')).modelYear).toEqual({ certainty: 'uncertain', candidates: [2000] });
    expect(decode('WVWZZZ1KZVW123456', new Date('2026-11-20')).modelYear).toEqual({ certainty: 'uncertain', candidates: [2027, 1997] });
  });

  it('is none where position 10 is a filler', () => {
    expect(decode('WBAAA3100ZZZ12345').modelYear).toMatchObject({ certainty: 'none' });
    expect(decode('ZFA22300005556777').modelYear).toEqual({ certainty: 'none' });
  });

  it('follows the North American rules for an import that was made for them', () => {
    const parsed = Vin.parse('JH4KA7561PC008269', { market: 'north-america' });
    expect(parsed.ok && parsed.value.modelYear()).toEqual({ certainty: 'certain', year: 1993 });
  });
});

describe('Vin.decode', () => {
  it.each<[string, string, string, string]>([
    ['WVWZZZ1KZAW123456', 'Volkswagen', 'DE', 'Europe'],
    ['WBA3A5C50CF256651', 'BMW', 'DE', 'Europe'],
    ['TMBJG7NE1E0123456', 'Škoda', 'CZ', 'Europe'],
    ['ZFF67NFA000123456', 'Ferrari', 'IT', 'Europe'],
    ['VF1RFB00066123456', 'Renault', 'FR', 'Europe'],
    ['SALGA2EF1EA123456', 'Land Rover', 'GB', 'Europe'],
    ['YV1MS672482123456', 'Volvo', 'SE', 'Europe'],
    ['JTDKB20U893512345', 'Toyota', 'JP', 'Asia'],
    ['KMHE34L19GA012345', 'Hyundai', 'KR', 'Asia'],
    ['LRW3E7FA1MC123456', 'Tesla', 'CN', 'Asia'],
    ['HESXR1C42PG000001', 'smart', 'CN', 'Asia'],
    ['XP7YGCEE1NB012345', 'Tesla', 'DE', 'Europe'],
    ['9BWZZZ377VT004251', 'Volkswagen', 'BR', 'South America'],
    ['6FPAAAJGSW8A12345', 'Ford', 'AU', 'Oceania'],
    ['AHTFZ29G109012345', 'Toyota', 'ZA', 'Africa'],
    [withCheckDigit('5YJSA1E29HF000337'), 'Tesla', 'US', 'North America'],
    [withCheckDigit('3VW2K7AJ5EM388202'), 'Volkswagen', 'MX', 'North America'],
    [withCheckDigit('2T1BURHE0JC123456'), 'Toyota', 'CA', 'North America'],
  ])('%s is a %s from %s, %s', (vin, make, country, region) => {
    expect(decode(vin)).toMatchObject({ make, country, region, lowVolume: false });
  });

  it('tells small makers apart by positions 12 to 14, and shortens their serial', () => {
    expect(decode('VF9SA25C08M795001')).toMatchObject({ make: 'Bugatti', lowVolume: true, serial: '001', plant: 'M' });
    expect(decode('ZA9H11EAXYSF76001')).toMatchObject({ make: 'Pagani', lowVolume: true, serial: '001' });
    const unknown = decode('ZA9H11EAXYSX99001');
    expect(unknown).toMatchObject({ country: 'IT', region: 'Europe', lowVolume: true });
    expect(unknown).not.toHaveProperty('make');
  });

  it('names the maker alone where several makes share a WMI, and the country alone where the maker is unknown', () => {
    expect(decode('VAGZZZ1KZAW123456')).toMatchObject({ manufacturer: 'Magna Steyr', country: 'AT' });
    expect(decode('VAGZZZ1KZAW123456')).not.toHaveProperty('make');
    expect(decode('UU9ZZZ1KZAW123456')).toMatchObject({ country: 'RO' });
    expect(decode('UU9ZZZ1KZAW123456')).not.toHaveProperty('manufacturer');
  });

  it('splits a VIN into its sections without losing a character', () => {
    fc.assert(fc.property(northAmerican, (text) => {
      const parsed = Vin.parse(text);
      if (!parsed.ok) throw new Error(parsed.error.code);
      const { wmi, vds, vis, value } = parsed.value;
      expect(wmi + vds + vis).toBe(value);
      expect(vis.endsWith(parsed.value.serial)).toBe(true);
      expect(JSON.parse(JSON.stringify({ vin: parsed.value }))).toEqual({ vin: text });
    }));
  });
});

describe('the table of WMIs', () => {
  it('is broad, well formed and without repetition', () => {
    const entries = allWmis();
    expect(entries.length).toBeGreaterThan(900);
    expect(entries.every(({ wmi }) => /^[A-HJ-NPR-Z0-9]{3}$/.test(wmi) || /^[A-HJ-NPR-Z0-9]{2}9\/[A-HJ-NPR-Z0-9]{3}$/.test(wmi))).toBe(true);
    expect(entries.every(({ country, manufacturer }) => /^[A-Z]{2}$/.test(country) && manufacturer.trim() !== '')).toBe(true);
    expect(new Set(entries.map(({ wmi }) => wmi)).size).toBe(entries.length);
  });

  it('gives each WMI to the country of its first two characters, but for factories abroad', () => {
    const abroad = allWmis().filter(({ wmi, country }) => {
      const own = decodeCountry(wmi.slice(0, 2));
      return own !== undefined && own !== country;
    });
    expect(abroad.map(({ wmi, country }) => `${wmi} ${country}`).sort()).toEqual(factoriesAbroad);
  });

  it('finds nothing for what is not in it', () => {
    expect(lookUpWmi('QQQ')).toBeUndefined();
    expect(lookUpWmi('YT9', '999')).toBeUndefined();
    expect(lookUpWmi('YT9', '007')).toMatchObject({ make: 'Koenigsegg' });
  });
});

/** By the fallback of an unknown WMI: nobody has a 9 with these positions 12–14. */
function decodeCountry(firstTwo: string): string | undefined {
  const vin = withCheckDigit(`${firstTwo}9AAAAAAAA000000`);
  const parsed = Vin.parse(vin);
  return parsed.ok ? parsed.value.decode().country : undefined;
}

/** Old Soviet and Yugoslav allotments, and codes that a maker took along to a factory elsewhere. */
const factoriesAbroad = ['RUM RU', 'VX1 RS', 'XP7 DE', 'XTE UA', 'XWB UZ'];
