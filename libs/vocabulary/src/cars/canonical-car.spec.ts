import { makes } from './catalogue';
import { canonicalCar, type CarWords } from './canonical-car';
import { findMake } from './find-make';

const named = (words: CarWords): string => {
  const { make, model, trim } = canonicalCar(words);
  return [make, model, trim].map((part) => part ?? '-').join(' | ');
};

describe('the catalogue', () => {
  it('knows the makes and models of the world', () => {
    expect(makes.length).toBeGreaterThan(200);
    expect(makes.reduce((count, { models }) => count + models.length, 0)).toBeGreaterThan(2_500);
    for (const name of ['Volkswagen', 'Ford', 'Toyota', 'Hyundai', 'BYD', 'Tata', 'Saab', 'Rover', 'Pontiac', 'Daewoo', 'Lancia']) expect(makes.map((make) => make.name)).toContain(name);
  });

  it('names each make once, and each model once within its make', () => {
    expect(new Set(makes.map(({ name }) => name)).size).toBe(makes.length);
    for (const { name, models } of makes) expect([name, models.length]).toEqual([name, new Set(models.map((model) => model.name)).size]);
  });

  it('finds every model by its own name under its own make', () => {
    const lost = makes.flatMap(({ name, models }) => models.filter((model) => named({ make: name, model: model.name }).startsWith(`${name} | ${model.name} |`) === false).map((model) => `${name} ${model.name}`));
    expect(lost).toEqual([]);
  });
});

describe('a car by the fields of a source', () => {
  it.each<[CarWords, string]>([
    [{ make: 'BMW', model: '3 Series', trim: '330i xDrive' }, 'BMW | 3 Series | 330i xDrive'],
    [{ make: 'BMW', model: '320', title: 'BMW 320d Touring Sport Line' }, 'BMW | 3 Series | 320'],
    [{ make: 'BMW', model: '3er', trim: '320d' }, 'BMW | 3 Series | 320d'],
    [{ make: 'BMW', model: 'Série 3' }, 'BMW | 3 Series | -'],
    [{ make: 'BMW', model: 'Serie 1', trim: '118d' }, 'BMW | 1 Series | 118d'],
    [{ make: 'Mercedes', model: 'Clase C', trim: 'C220 CDI' }, 'Mercedes-Benz | C-Class | C 220 CDI'],
    [{ make: 'MB', model: 'C-Klasse' }, 'Mercedes-Benz | C-Class | -'],
    [{ make: 'Mercedes-Benz', model: 'ML 350' }, 'Mercedes-Benz | M-Class | ML 350'],
    [{ make: 'VW', model: 'Golf Variant' }, 'Volkswagen | Golf | Variant'],
    [{ make: 'VW', model: 'Golf Plus' }, 'Volkswagen | Golf Plus | -'],
    [{ make: 'vw', model: 'Golf SV' }, 'Volkswagen | Golf Sportsvan | -'],
    [{ make: 'Volkswagen', model: 'up!' }, 'Volkswagen | Up | -'],
    [{ make: 'Volkswagen', model: 'T5 Multivan' }, 'Volkswagen | Multivan | T5'],
    [{ make: 'Skoda', model: 'Rapid/Spaceback' }, 'Škoda | Rapid | Spaceback'],
    [{ make: 'Kia', model: "Ceed SW / cee'd SW" }, 'Kia | Ceed | SW'],
    [{ make: 'Ford', model: 'Ka/Ka+' }, 'Ford | Ka | -'],
    [{ make: 'FORD', model: 'F150', trim: 'SUPER CREW' }, 'Ford | F-150 | SUPER CREW'],
    [{ make: 'Mazda', model: 'Mazda3' }, 'Mazda | 3 | -'],
    [{ make: 'Toyota', model: 'RAV 4' }, 'Toyota | RAV4 | -'],
    [{ make: 'Toyota', model: 'Prius+' }, 'Toyota | Prius+ | -'],
    [{ make: 'MINI', model: 'Cooper SD Countryman' }, 'MINI | Countryman | Cooper SD'],
    [{ make: 'MINI', model: 'Cooper S' }, 'MINI | Hatch | Cooper S'],
    [{ make: 'BMW', model: 'Mini' }, 'MINI | Hatch | -'],
    [{ make: 'Citroen', model: 'DS3' }, 'DS | DS 3 | -'],
    [{ make: 'DS Automobiles', model: 'DS 7 Crossback' }, 'DS | DS 7 | -'],
    [{ make: 'Land', model: 'Rover Range Rover Evoque' }, 'Land Rover | Range Rover Evoque | -'],
    [{ make: 'Aston', model: 'Martin V8' }, 'Aston Martin | V8 | -'],
    [{ make: 'Dodge', model: 'Ram 1500', year: 2014 }, 'Ram | 1500 | -'],
    [{ make: 'RAM', model: '1500', year: 2006 }, 'Dodge | Ram 1500 | -'],
    [{ make: 'Porsche', model: '718', title: 'Porsche 718 Cayman S' }, 'Porsche | Cayman | 718 S'],
    [{ make: 'Lexus', model: 'RX', trim: '450h Luxury' }, 'Lexus | RX | 450h Luxury'],
    [{ make: 'Lexus', model: 'IS 250', trim: 'F Sport' }, 'Lexus | IS | IS 250 F Sport'],
  ])('%j', (words, expected) => {
    expect(named(words).startsWith(expected)).toBe(true);
  });

  it('two sources that spell one car their own way agree', () => {
    const pairs: [CarWords, CarWords][] = [
      [{ make: 'BMW', model: '320', trim: 'd xDrive' }, { title: 'BMW 320d xDrive' }],
      [{ make: 'Mercedes-Benz', model: 'C 220' }, { make: 'mercedes', model: 'C Class' }],
      [{ make: 'Chevrolet', model: 'Silverado 2500HD' }, { title: 'Chevy Silverado 2500 HD LT' }],
      [{ make: 'Dodge', model: 'Ram Pickup 1500' }, { make: 'RAM', model: '1500' }],
      [{ make: 'Citroën', model: 'Grand C4 Picasso' }, { title: 'Citroen C4 Grand Picasso 1.6 HDi' }],
      [{ make: 'Mazda', model: 'MX-5 Miata' }, { title: '2016 Mazda Miata Club' }],
      [{ make: 'Hyundai', model: 'H-1' }, { make: 'Hyundai', model: 'i800' }],
      [{ make: 'Ford', model: 'Super Duty F-250 SRW' }, { title: '2019 Ford F250 Super Duty Lariat' }],
      [{ make: 'Land Rover', model: 'Range Rover Evoque' }, { title: 'Range Rover Evoque 2.0 TD4' }],
      [{ make: 'Subaru', model: 'Impreza WRX' }, { title: 'Subaru WRX STI' }],
    ];
    for (const [a, b] of pairs) {
      const [one, other] = [canonicalCar(a), canonicalCar(b)];
      expect([one.make, one.model]).toEqual([other.make, other.model]);
    }
  });
});

describe('a car by its title', () => {
  it.each([
    ['2016 BMW 320d xDrive Touring M Sport *Navi*', 'BMW | 3 Series | 320d xDrive Touring M Sport'],
    ['VW Golf 8 GTI DSG', 'Volkswagen | Golf | GTI DSG'],
    ['Volkswagen Golf VII Variant 1.6 TDI Comfortline *NAVI*', 'Volkswagen | Golf | Variant 1.6 TDI Comfortline'],
    ['Used 2019 Ford F-150 XLT', 'Ford | F-150 | XLT'],
    ['MERCEDES-BENZ C 220 d T AMG Line', 'Mercedes-Benz | C-Class | C 220 d T AMG Line'],
    ['Mercedes C220 CDI', 'Mercedes-Benz | C-Class | C 220 CDI'],
    ['Mercedes E63 AMG S', 'Mercedes-Benz | E-Class | E 63 AMG S'],
    ['Mercedes-AMG GT 53', 'Mercedes-Benz | AMG GT | 53'],
    ['Range Rover Sport 3.0 SDV6 HSE', 'Land Rover | Range Rover Sport | 3.0 SDV6 HSE'],
    ['Land Rover Range Rover Velar R-Dynamic', 'Land Rover | Range Rover Velar | R-Dynamic'],
    ['Rover 75 2.0 CDT', 'Rover | 75 | 2.0 CDT'],
    ['MINI Cooper S Countryman ALL4', 'MINI | Countryman | Cooper S ALL4'],
    ['BMW Mini Cooper S', 'MINI | Hatch | Cooper S'],
    ['Alfa Giulietta 1.4 TB', 'Alfa Romeo | Giulietta | 1.4 TB'],
    ['Chevy Silverado 2500HD LTZ', 'Chevrolet | Silverado 2500 | 2500HD LTZ'],
    ['2014 Dodge Ram 1500 SLT', 'Ram | 1500 | SLT'],
    ['2006 Dodge Ram 1500 4x4', 'Dodge | Ram 1500 | 4x4'],
    ['2014 F-150 XLT', 'Ford | F-150 | XLT'],
    ['2012 Civic EX', 'Honda | Civic | EX'],
    ['98 Silverado', 'Chevrolet | Silverado 1500 | -'],
    ['Mazda CX 5 2.2 D', 'Mazda | CX-5 | 2.2 D'],
    ['Mazda 3 2.0 Skyactiv', 'Mazda | 3 | 2.0 Skyactiv'],
    ['Toyota CHR 1.8 Hybrid', 'Toyota | C-HR | 1.8 Hybrid'],
    ['Tesla Model 3 Long Range', 'Tesla | Model 3 | Long Range'],
    ['Audi A 4 Avant 2.0 TDI', 'Audi | A4 | Avant 2.0 TDI'],
    ['Audi e-tron 55 quattro', 'Audi | e-tron | 55 quattro'],
    ['Audi Q4 e-tron', 'Audi | Q4 e-tron | -'],
    ['VW ID.3 Pro', 'Volkswagen | ID.3 | Pro'],
    ['DS 3 Crossback E-Tense', 'DS | DS 3 Crossback | E-Tense'],
    ['Citroen C4 Picasso HDi', 'Citroën | C4 Picasso | HDi'],
    ['VW up! 1.0 move', 'Volkswagen | Up | 1.0 move'],
    ['Fiat 500 1.2 Lounge', 'Fiat | 500 | 1.2 Lounge'],
    ['Peugeot 308 SW 1.5 BlueHDi', 'Peugeot | 308 | SW 1.5 BlueHDi'],
    ['BMW 218d Active Tourer', 'BMW | 2 Series Active Tourer | 218d Active Tourer'],
    ['BMW M340i', 'BMW | 3 Series | M340i'],
    ['BMW X5 M', 'BMW | X5 | M'],
    ['BMW M 135i', 'BMW | 1 Series | M135i'],
    ['BMW 730 Ld xDrive', 'BMW | 7 Series | 730Ld xDrive'],
    ['Mazda6 Kombi', 'Mazda | 6 | Kombi'],
    ['MG4 EV', 'MG | 4 | EV'],
    ['Mk7 Golf GTI', 'Volkswagen | Golf | GTI'],
    ['E46 M3', 'BMW | M3 | -'],
    ['John Cooper Works Mini', 'MINI | Hatch | John Cooper Works'],
    ['2013 GMC SIERRA K1500 SLE', 'GMC | Sierra 1500 | K1500 SLE'],
    ['2013 FORD ECONOLINE E250 VAN', 'Ford | Econoline | E250 VAN'],
    ['2011 BMW 328 I', 'BMW | 3 Series | 328i'],
    ['Ford : F-150 XLT', 'Ford | F-150 | XLT'],
    ['Opel Astra J Sports Tourer', 'Opel | Astra | Sports Tourer'],
    ['Infiniti G37x', 'Infiniti | G | G37x'],
    ['Saab 9-3 Aero', 'Saab | 9-3 | Aero'],
    ['Chrysler Town & Country Touring', 'Chrysler | Town & Country | Touring'],
    ['ML 350 Mercedes', 'Mercedes-Benz | M-Class | ML 350'],
    ['Seat Leon Cupra', 'SEAT | Leon | Cupra'],
    ['Cupra Formentor VZ', 'Cupra | Formentor | VZ'],
  ])('«%s»', (title, expected) => {
    expect(named({ title })).toBe(expected);
    expect(canonicalCar({ title }).how).toBe('title');
  });

  it('everyday words are no makes', () => {
    expect(named({ title: '7 Sitzer VW Sharan' })).toBe('Volkswagen | Sharan | -');
    expect(named({ title: 'Smart Repair VW Golf' })).toBe('Volkswagen | Golf | -');
    expect(named({ title: 'Lincoln NE 2014 Ford F150' })).toBe('Ford | F-150 | -');
  });

  it('tells the generation apart from the trim', () => {
    expect(canonicalCar({ title: 'VW Golf VII 1.6 TDI' })).toMatchObject({ model: 'Golf', trim: '1.6 TDI', generation: '7' });
    expect(canonicalCar({ title: 'VW Golf Mk7 GTI' })).toMatchObject({ trim: 'GTI', generation: '7' });
    expect(canonicalCar({ title: 'BMW 320d F30 Sport' })).toMatchObject({ trim: '320d Sport', generation: 'F30' });
    expect(canonicalCar({ title: 'Porsche 911 Carrera 4S (991)' })).toMatchObject({ generation: '991' });
    expect(canonicalCar({ title: 'VW Golf 5-door 1.4' })).toMatchObject({ generation: null });
  });

  it('says what the words tell of the body', () => {
    expect(canonicalCar({ title: 'Audi A4 Avant' }).body).toBe('estate');
    expect(canonicalCar({ make: 'Ford', model: 'F-150', trim: 'SuperCrew' }).body).toBe('pickup');
  });
});

describe('a car that is not ours to name', () => {
  it('an unknown make or model is kept as it was written', () => {
    expect(canonicalCar({ make: '9ff', model: 'GT9  R' })).toMatchObject({ make: '9ff', model: 'GT9 R', how: 'unknown' });
    expect(canonicalCar({ make: 'BMW', model: 'Foo Bar' })).toMatchObject({ make: 'BMW', model: 'Foo Bar', how: 'unknown' });
    expect(canonicalCar({ title: 'Something for the garden' })).toMatchObject({ make: null, model: null, how: 'unknown', confidence: 0 });
    expect(canonicalCar({})).toMatchObject({ make: null, model: null, trim: null, how: 'unknown', confidence: 0 });
  });

  it('a slip of the keyboard is seen through, with less confidence', () => {
    expect(canonicalCar({ title: 'Volkswagn Golf' })).toMatchObject({ make: 'Volkswagen', model: 'Golf', how: 'fuzzy' });
    expect(canonicalCar({ make: 'Hyundai', model: 'Tuscson' })).toMatchObject({ model: 'Tucson', how: 'fuzzy' });
    expect(canonicalCar({ make: 'Porsche', model: 'Cayene' }).confidence).toBeLessThan(0.9);
  });

  it('nonsense of any length is answered', () => {
    for (const title of ['a'.repeat(100_000), '3 '.repeat(50_000), '((((((', '\u0000', '🚗🚗🚗']) expect(canonicalCar({ title }).make).toBeNull();
  });
});

describe('a make in a text', () => {
  it('is told with what is left', () => {
    expect(findMake('2016 VW Golf GTI')).toEqual({ make: 'Volkswagen', matched: 'VW', rest: '2016 Golf GTI' });
    expect(findMake('Range Rover Sport')).toEqual({ make: 'Land Rover', matched: 'Range Rover', rest: 'Range Rover Sport' });
    expect(findMake('Škoda')).toMatchObject({ make: 'Škoda' });
    expect(findMake('nothing here')).toBeNull();
  });
});
