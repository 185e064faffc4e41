import type { Body } from '@autobroker/kernel';

export interface Model {
  readonly make: string;
  readonly model: string;
  readonly body: Body;
  /** Of a new one, in thousands of euros. */
  readonly newPrice: number;
  readonly powerKw: number;
  readonly electric: boolean;
}

const bodies: Readonly<Record<string, Body>> = {
  h: 'hatchback',
  s: 'sedan',
  e: 'estate',
  u: 'suv',
  c: 'coupe',
  o: 'convertible',
  p: 'pickup',
  m: 'minivan',
  v: 'van',
};

/** `model|body|price of a new one in thousands|kW`, electric ones with a `*`. Common makers come first: they are drawn more often. */
const table: Readonly<Record<string, string>> = {
  Volkswagen: 'Golf|h|32|96 Polo|h|24|70 Passat|e|43|110 Tiguan|u|40|110 T-Roc|u|33|110 ID.3|h|38|150* ID.4|u|47|210* Touran|m|37|110 Transporter|v|48|110',
  BMW: '320i|s|48|135 118i|h|33|100 520d|e|60|145 X1|u|44|110 X3|u|58|140 M3|s|95|375 i4|s|60|250* Z4|o|56|145',
  'Mercedes-Benz': 'A-Class|h|35|100 C-Class|s|48|150 E-Class|e|62|145 GLC|u|60|150 GLA|u|43|120 S-Class|s|115|210 EQA|u|50|140* Vito|v|45|120',
  Audi: 'A3|h|34|110 A4|e|45|110 A6|e|60|150 Q3|u|42|110 Q5|u|56|150 RS6|e|130|463 Q4 e-tron|u|52|210* TT|c|48|145',
  Ford: 'Focus|h|30|92 Fiesta|h|21|74 Kuga|u|38|112 Puma|u|28|92 Mustang|c|56|330 Ranger|p|45|125 F-150|p|52|300 Mustang Mach-E|u|56|216*',
  Toyota: 'Corolla|h|31|103 Yaris|h|24|85 RAV4|u|43|160 C-HR|u|34|103 Hilux|p|44|150 Camry|s|38|160 Land Cruiser|u|75|150 Aygo X|h|18|53',
  Opel: 'Corsa|h|22|74 Astra|h|29|96 Insignia|e|37|125 Mokka|u|28|96 Zafira|m|33|103 Corsa-e|h|34|100*',
  Renault: 'Clio|h|21|67 Megane|h|28|103 Captur|u|26|103 Kadjar|u|30|103 Zoe|h|34|100* Trafic|v|38|110',
  Skoda: 'Octavia|e|33|110 Fabia|h|20|70 Superb|e|43|140 Kodiaq|u|43|110 Karoq|u|34|110 Enyaq|u|46|150*',
  Peugeot: '208|h|23|74 308|h|31|96 3008|u|38|133 2008|u|28|96 508|s|42|165 e-208|h|35|100*',
  Honda: 'Civic|h|33|105 Jazz|h|26|80 CR-V|u|46|135 Accord|s|36|150 HR-V|u|34|96',
  Hyundai: 'i30|h|27|88 i20|h|21|74 Tucson|u|36|132 Kona|u|28|88 Ioniq 5|u|46|168* Santa Fe|u|52|169',
  Kia: 'Ceed|h|27|88 Sportage|u|36|132 Picanto|h|17|49 Niro|u|34|104 EV6|u|48|168* Sorento|u|53|169',
  Nissan: 'Qashqai|u|34|116 Micra|h|20|68 Juke|u|26|84 Leaf|h|36|110* X-Trail|u|42|120 Altima|s|30|140',
  Mazda: '3|h|29|110 2|h|22|66 CX-5|u|36|121 MX-5|o|35|135 6|e|38|121',
  Fiat: '500|h|19|51 Panda|h|16|51 Tipo|h|23|74 500e|h|31|87* Ducato|v|42|103',
  Seat: 'Leon|h|28|96 Ibiza|h|21|70 Ateca|u|33|110 Arona|u|25|81',
  Volvo: 'XC60|u|58|184 XC40|u|43|120 V60|e|47|145 V90|e|60|184 EX30|u|40|200* S60|s|45|184',
  Citroen: 'C3|h|19|61 C4|h|27|96 C5 Aircross|u|34|96 Berlingo|m|28|75 Ami|h|8|6*',
  Dacia: 'Sandero|h|14|67 Duster|u|22|96 Jogger|m|19|81 Spring|h|18|48*',
  Tesla: 'Model 3|s|45|208* Model Y|u|50|220* Model S|s|100|493* Model X|u|110|493*',
  Chevrolet: 'Camaro|c|48|340 Silverado|p|48|230 Corvette|c|85|369 Tahoe|u|62|261 Malibu|s|27|119',
  Mini: 'Cooper|h|28|100 Countryman|u|36|100 Cooper SE|h|35|135* Clubman|e|31|100',
  Suzuki: 'Swift|h|19|61 Vitara|u|27|95 Jimny|u|26|75 S-Cross|u|29|95',
  Porsche: '911|c|130|283 Cayenne|u|95|250 Macan|u|75|195 Panamera|s|105|243 Taycan|s|105|300* 718 Cayman|c|66|220',
  'Land Rover': 'Range Rover|u|125|294 Discovery|u|70|183 Defender|u|68|183 Range Rover Evoque|u|50|147',
  Jeep: 'Wrangler|u|62|200 Renegade|u|30|96 Compass|u|38|110 Grand Cherokee|u|78|215 Avenger|u|38|115*',
  Mitsubishi: 'Outlander|u|42|138 Space Star|h|15|52 ASX|u|26|103 L200|p|36|110',
  Subaru: 'Outback|e|45|124 Forester|u|40|110 Impreza|h|30|112 WRX|s|38|200',
  Lexus: 'NX|u|52|179 RX|u|70|184 UX|u|40|135 IS|s|44|180',
  Jaguar: 'F-Pace|u|62|150 XE|s|46|184 F-Type|c|80|221 I-Pace|u|85|294*',
  'Alfa Romeo': 'Giulia|s|48|147 Stelvio|u|54|147 Tonale|u|40|96 MiTo|h|21|57',
  GMC: 'Sierra|p|52|261 Yukon|u|75|261 Acadia|u|42|170',
  Dodge: 'Challenger|c|48|362 Charger|s|42|221 Durango|u|48|216 Ram 1500|p|50|224',
  Chrysler: '300|s|40|218 Pacifica|m|42|214',
  Cadillac: 'Escalade|u|95|313 CT5|s|45|177 XT5|u|48|231 Lyriq|u|62|255*',
  Buick: 'Enclave|u|45|231 Encore|u|27|114',
  Lincoln: 'Navigator|u|90|328 Corsair|u|42|186',
  Acura: 'TLX|s|44|203 MDX|u|52|216 Integra|h|33|149',
  Infiniti: 'Q50|s|45|221 QX60|u|52|220',
  Cupra: 'Formentor|u|42|180 Born|h|40|150* Leon|h|36|180',
  Smart: 'Fortwo|h|14|52 EQ Fortwo|h|22|60* #1|u|38|200*',
  MG: 'ZS|u|20|78 MG4|h|32|150* HS|u|28|119',
  Polestar: '2|s|50|200* 3|u|80|360*',
  BYD: 'Atto 3|u|40|150* Seal|s|48|230* Dolphin|h|34|150*',
  Saab: '9-3|s|34|129 9-5|e|45|154',
  Lancia: 'Ypsilon|h|17|51 Delta|h|27|88',
  Maserati: 'Ghibli|s|82|257 Levante|u|90|257 GranTurismo|c|150|360',
  Genesis: 'G70|s|45|180 GV70|u|52|224 GV60|u|58|234*',
  SsangYong: 'Korando|u|27|120 Rexton|u|42|149',
  Isuzu: 'D-Max|p|36|120',
  Daihatsu: 'Sirion|h|14|67 Terios|u|20|77',
  Ferrari: '488|c|250|492 Roma|c|215|456 Portofino|o|220|441',
  Lamborghini: 'Huracan|c|230|449 Urus|u|240|478',
  Bentley: 'Continental GT|c|220|404 Bentayga|u|200|404',
  'Rolls-Royce': 'Ghost|s|320|420 Cullinan|u|350|420',
  'Aston Martin': 'Vantage|c|160|375 DBX|u|200|405',
  McLaren: '570S|c|190|419 720S|c|270|530',
  Lotus: 'Elise|o|50|162 Emira|c|85|268',
  Alpine: 'A110|c|62|185',
  Bugatti: 'Chiron|c|2800|1103',
  Lada: 'Niva|u|13|61 Vesta|s|13|78',
  Rover: '75|s|28|110',
  Hummer: 'H3|u|45|180',
  Lucid: 'Air|s|110|462*',
  Rivian: 'R1T|p|82|392* R1S|u|88|392*',
};

export const models: readonly (readonly Model[])[] = Object.entries(table).map(([make, row]) =>
  (row.match(/[^|]+\|[a-z]\|\d+\|\d+\*?/gu) ?? []).map((text) => {
    const [model = '', letter = '', price = '', power = ''] = text.trim().split('|');
    return {
      make,
      model,
      body: bodies[letter] ?? 'other',
      newPrice: Number(price),
      powerKw: Number.parseInt(power, 10),
      electric: power.endsWith('*'),
    };
  }),
);

export interface Place {
  readonly city: string;
  readonly region: string;
  readonly country: string;
  readonly postalCode: string;
  readonly lat: number;
  readonly lon: number;
  readonly currency: 'EUR' | 'USD' | 'GBP';
}

const rows = `
Berlin|Berlin|DE|10115|52.53|13.38|EUR
München|Bayern|DE|80331|48.137|11.575|EUR
Hamburg|Hamburg|DE|20095|53.55|10|EUR
Köln|Nordrhein-Westfalen|DE|50667|50.938|6.957|EUR
Frankfurt am Main|Hessen|DE|60311|50.11|8.682|EUR
Stuttgart|Baden-Württemberg|DE|70173|48.776|9.183|EUR
Leipzig|Sachsen|DE|04109|51.34|12.375|EUR
Paris|Île-de-France|FR|75001|48.857|2.352|EUR
Lyon|Auvergne-Rhône-Alpes|FR|69001|45.764|4.836|EUR
Milano|Lombardia|IT|20121|45.464|9.19|EUR
Roma|Lazio|IT|00184|41.893|12.483|EUR
Madrid|Madrid|ES|28001|40.417|-3.703|EUR
Barcelona|Cataluña|ES|08001|41.385|2.173|EUR
Wien|Wien|AT|1010|48.208|16.372|EUR
Amsterdam|Noord-Holland|NL|1012|52.373|4.893|EUR
London|Greater London|GB|EC1A|51.507|-0.128|GBP
Manchester|Greater Manchester|GB|M1|53.483|-2.244|GBP
Glasgow|Glasgow City|GB|G1|55.861|-4.25|GBP
New York|NY|US|10001|40.713|-74.006|USD
Los Angeles|CA|US|90012|34.052|-118.244|USD
Chicago|IL|US|60601|41.878|-87.63|USD
Houston|TX|US|77002|29.76|-95.37|USD
Miami|FL|US|33130|25.762|-80.192|USD
Atlanta|GA|US|30303|33.749|-84.388|USD
Seattle|WA|US|98101|47.606|-122.332|USD`;

export const places: readonly Place[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [city = '', region = '', country = '', postalCode = '', lat, lon, currency] = row.split('|');
    return {
      city,
      region,
      country,
      postalCode,
      lat: Number(lat),
      lon: Number(lon),
      currency: currency === 'USD' || currency === 'GBP' ? currency : 'EUR',
    };
  });
