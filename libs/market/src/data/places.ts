import type { MarketCountry } from '../sources';

/** `city; region; postal code; latitude; longitude; people in ten thousands; price level` */
const tables: Readonly<Record<MarketCountry, string>> = {
  US: `
    New York; NY; 10001; 40.7506; -73.9972; 850; 1.04
    Los Angeles; CA; 90012; 34.0614; -118.2385; 390; 1.06
    San Diego; CA; 92101; 32.7199; -117.1748; 140; 1.05
    San Jose; CA; 95112; 37.3476; -121.8839; 100; 1.06
    Sacramento; CA; 95814; 38.5804; -121.4922; 52; 1.03
    Chicago; IL; 60601; 41.8858; -87.6229; 270; 0.99
    Houston; TX; 77002; 29.7594; -95.3594; 230; 1.0
    San Antonio; TX; 78205; 29.4237; -98.4925; 143; 0.99
    Dallas; TX; 75201; 32.7904; -96.8044; 130; 1.0
    Austin; TX; 78701; 30.2713; -97.7426; 96; 1.01
    Phoenix; AZ; 85004; 33.4514; -112.0686; 160; 1.01
    Philadelphia; PA; 19103; 39.9529; -75.1741; 160; 0.98
    Pittsburgh; PA; 15222; 40.4493; -79.9878; 30; 0.95
    Jacksonville; FL; 32202; 30.3255; -81.6509; 95; 0.98
    Miami; FL; 33130; 25.7672; -80.2051; 44; 1.02
    Tampa; FL; 33602; 27.9542; -82.4573; 38; 0.99
    Orlando; FL; 32801; 28.5421; -81.3736; 31; 0.99
    Columbus; OH; 43215; 39.9671; -83.0044; 90; 0.96
    Cleveland; OH; 44114; 41.5133; -81.6774; 37; 0.94
    Charlotte; NC; 28202; 35.2280; -80.8448; 88; 0.98
    Raleigh; NC; 27601; 35.7727; -78.6324; 47; 0.99
    Indianapolis; IN; 46204; 39.7718; -86.1565; 88; 0.96
    Seattle; WA; 98101; 47.6114; -122.3305; 74; 1.05
    Denver; CO; 80202; 39.7491; -104.9946; 71; 1.04
    Nashville; TN; 37203; 36.1504; -86.7916; 69; 0.99
    Memphis; TN; 38103; 35.1467; -90.0539; 63; 0.96
    Boston; MA; 02108; 42.3576; -71.0684; 65; 1.02
    Portland; OR; 97204; 45.5181; -122.6745; 65; 1.03
    Las Vegas; NV; 89101; 36.1721; -115.1224; 64; 1.01
    Detroit; MI; 48226; 42.3317; -83.0479; 64; 0.94
    Baltimore; MD; 21202; 39.2998; -76.6075; 58; 0.98
    Milwaukee; WI; 53202; 43.0506; -87.8968; 57; 0.95
    Kansas City; MO; 64106; 39.1052; -94.5699; 50; 0.96
    Atlanta; GA; 30303; 33.7525; -84.3888; 50; 0.99
    Minneapolis; MN; 55401; 44.9835; -93.2683; 43; 0.98
    Salt Lake City; UT; 84101; 40.7559; -111.8967; 20; 1.02
    Boise; ID; 83702; 43.6322; -116.2052; 23; 1.02
    Buffalo; NY; 14202; 42.8871; -78.8779; 28; 0.93
    New Orleans; LA; 70112; 29.9605; -90.0753; 38; 0.97
    Albuquerque; NM; 87102; 35.0818; -106.6482; 56; 0.99`,
  DE: `
    Berlin; Berlin; 10115; 52.5323; 13.3846; 365; 1.0
    Hamburg; Hamburg; 20095; 53.5510; 10.0010; 185; 1.02
    München; Bayern; 80331; 48.1345; 11.5710; 148; 1.05
    Köln; Nordrhein-Westfalen; 50667; 50.9387; 6.9547; 108; 1.01
    Frankfurt am Main; Hessen; 60311; 50.1112; 8.6831; 76; 1.02
    Stuttgart; Baden-Württemberg; 70173; 48.7785; 9.1800; 63; 1.04
    Düsseldorf; Nordrhein-Westfalen; 40210; 51.2217; 6.7894; 62; 1.02
    Leipzig; Sachsen; 04109; 51.3396; 12.3713; 60; 0.97
    Dortmund; Nordrhein-Westfalen; 44135; 51.5147; 7.4685; 59; 0.99
    Essen; Nordrhein-Westfalen; 45127; 51.4574; 7.0103; 58; 0.99
    Bremen; Bremen; 28195; 53.0793; 8.8017; 57; 0.99
    Dresden; Sachsen; 01067; 51.0577; 13.7178; 56; 0.97
    Hannover; Niedersachsen; 30159; 52.3759; 9.7320; 54; 1.0
    Nürnberg; Bayern; 90402; 49.4500; 11.0800; 52; 1.01
    Duisburg; Nordrhein-Westfalen; 47051; 51.4325; 6.7652; 50; 0.98
    Bielefeld; Nordrhein-Westfalen; 33602; 52.0236; 8.5329; 33; 0.99
    Münster; Nordrhein-Westfalen; 48143; 51.9607; 7.6261; 32; 1.01
    Karlsruhe; Baden-Württemberg; 76131; 49.0118; 8.4172; 31; 1.02
    Mannheim; Baden-Württemberg; 68161; 49.4875; 8.4660; 31; 1.01
    Augsburg; Bayern; 86150; 48.3668; 10.8987; 30; 1.02
    Kiel; Schleswig-Holstein; 24103; 54.3233; 10.1228; 25; 0.99
    Magdeburg; Sachsen-Anhalt; 39104; 52.1243; 11.6349; 24; 0.96
    Freiburg im Breisgau; Baden-Württemberg; 79098; 47.9959; 7.8522; 23; 1.03
    Erfurt; Thüringen; 99084; 50.9787; 11.0328; 21; 0.96
    Rostock; Mecklenburg-Vorpommern; 18055; 54.0887; 12.1405; 21; 0.97
    Kassel; Hessen; 34117; 51.3127; 9.4797; 20; 0.98
    Saarbrücken; Saarland; 66111; 49.2354; 6.9816; 18; 0.98
    Regensburg; Bayern; 93047; 49.0174; 12.0974; 15; 1.02`,
  GB: `
    London; Greater London; EC1A 1BB; 51.5202; -0.0976; 890; 1.04
    Birmingham; West Midlands; B1 1BB; 52.4778; -1.9049; 114; 0.99
    Manchester; Greater Manchester; M1 1AE; 53.4771; -2.2310; 55; 1.0
    Leeds; West Yorkshire; LS1 4DY; 53.7969; -1.5510; 79; 0.98
    Glasgow; Glasgow City; G1 1XQ; 55.8610; -4.2500; 63; 0.98
    Sheffield; South Yorkshire; S1 2HH; 53.3806; -1.4702; 58; 0.97
    Liverpool; Merseyside; L1 8JQ; 53.4040; -2.9850; 50; 0.98
    Edinburgh; City of Edinburgh; EH1 1YZ; 55.9500; -3.1890; 53; 1.01
    Bristol; Bristol; BS1 4DJ; 51.4545; -2.5960; 46; 1.02
    Cardiff; Cardiff; CF10 1EP; 51.4790; -3.1760; 36; 0.99
    Leicester; Leicestershire; LE1 5WW; 52.6350; -1.1320; 36; 0.98
    Nottingham; Nottinghamshire; NG1 5FS; 52.9540; -1.1500; 32; 0.98
    Newcastle upon Tyne; Tyne and Wear; NE1 4ST; 54.9740; -1.6130; 30; 0.97
    Southampton; Hampshire; SO14 7DW; 50.9020; -1.4040; 25; 1.02
    Norwich; Norfolk; NR1 3JU; 52.6290; 1.2960; 14; 1.0
    Belfast; County Antrim; BT1 5GS; 54.5970; -5.9300; 34; 0.97
    Plymouth; Devon; PL1 1AE; 50.3710; -4.1430; 26; 1.0
    Reading; Berkshire; RG1 1JX; 51.4560; -0.9710; 23; 1.03`,
  IT: `
    Roma; Lazio; 00184; 41.8955; 12.4923; 280; 1.0
    Milano; Lombardia; 20121; 45.4720; 9.1920; 137; 1.04
    Napoli; Campania; 80133; 40.8420; 14.2510; 96; 0.95
    Torino; Piemonte; 10121; 45.0700; 7.6800; 87; 1.01
    Palermo; Sicilia; 90133; 38.1170; 13.3650; 66; 0.94
    Genova; Liguria; 16121; 44.4060; 8.9390; 58; 1.0
    Bologna; Emilia-Romagna; 40121; 44.5000; 11.3450; 39; 1.02
    Firenze; Toscana; 50122; 43.7700; 11.2570; 38; 1.02
    Bari; Puglia; 70122; 41.1250; 16.8690; 32; 0.95
    Verona; Veneto; 37121; 45.4420; 10.9980; 26; 1.02
    Padova; Veneto; 35122; 45.4010; 11.8760; 21; 1.02
    Brescia; Lombardia; 25121; 45.5390; 10.2230; 20; 1.03`,
  FR: `
    Paris; Île-de-France; 75011; 48.8590; 2.3780; 215; 1.04
    Marseille; Provence-Alpes-Côte d'Azur; 13001; 43.2990; 5.3830; 87; 0.99
    Lyon; Auvergne-Rhône-Alpes; 69002; 45.7540; 4.8280; 52; 1.02
    Toulouse; Occitanie; 31000; 43.6045; 1.4440; 49; 1.0
    Nice; Provence-Alpes-Côte d'Azur; 06000; 43.7010; 7.2680; 34; 1.03
    Nantes; Pays de la Loire; 44000; 47.2180; -1.5540; 32; 1.0
    Montpellier; Occitanie; 34000; 43.6110; 3.8770; 29; 0.99
    Strasbourg; Grand Est; 67000; 48.5830; 7.7480; 28; 1.01
    Bordeaux; Nouvelle-Aquitaine; 33000; 44.8370; -0.5790; 26; 1.01
    Lille; Hauts-de-France; 59800; 50.6320; 3.0690; 23; 0.98
    Rennes; Bretagne; 35000; 48.1110; -1.6800; 22; 1.0
    Grenoble; Auvergne-Rhône-Alpes; 38000; 45.1880; 5.7240; 16; 1.01`,
};

export interface Place {
  readonly country: MarketCountry;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly weight: number;
  readonly priceLevel: number;
}

function read(country: MarketCountry): Place[] {
  return tables[country]
    .trim()
    .split('\n')
    .map((line) => {
      const [city = '', region = '', postalCode = '', latitude, longitude, weight, priceLevel] = line.split(';').map((cell) => cell.trim());
      return { country, city, region, postalCode, latitude: Number(latitude), longitude: Number(longitude), weight: Number(weight), priceLevel: Number(priceLevel) };
    });
}

export const places: Readonly<Record<MarketCountry, readonly Place[]>> = { US: read('US'), DE: read('DE'), GB: read('GB'), IT: read('IT'), FR: read('FR') };
