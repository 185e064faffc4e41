import type { MakeRow } from './row';

export const british: readonly MakeRow[] = [
  {
    name: 'Vauxhall',
    wmi: { eu: 'W0L W0V' },
    share: [0, 0, 8.5, 0, 0],
    trims: { eu: 'Design|SE|SRi|Elite|GS|Ultimate' },
    engines: { petrol: 'Turbo', diesel: 'CDTi' },
    retention: 0.92,
    models: `
      Adam; 13-19; h; p; 15; G; 5
      Agila; 00-14; h; p,d; 12; G; 2
      Antara; 06-15; u; d,p; 28; G; 2
      Astra; 91-; h,w; p,d,x; 26; G; 26
      Cascada; 13-18; v; p,d; 30; G; 1
      Combo; 01-; b; d,p; 24; G; 3
      Corsa; 93-; h; p,d,e; 20; G; 30
      Crossland; 17-24; u; p,d; 24; G; 6
      Frontera; 91-04; u; p,d; 24; G; 1
      Grandland; 17-; u; p,d,x; 33; G; 6
      Insignia; 08-22; h,w; p,d; 32; G; 9
      Meriva; 03-17; m; p,d; 19; G; 5
      Mokka; 12-; u; p,d,e; 26; G; 9
      Signum; 03-08; h; p,d; 28; G; 0.5
      Tigra; 94-09; c,v; p; 18; G; 1
      Vectra; 95-08; s,h; p,d; 25; G; 3
      Viva; 15-19; h; p; 12; G; 3
      Vivaro; 01-; b; d,e; 34; G; 3
      VXR8; 07-17; s; p; 62; G; 0.2
      Zafira; 99-18; m; p,d; 26; G; 7
    `,
  },
  {
    name: 'Land Rover',
    wmi: { us: 'SAL', eu: 'SAL' },
    share: [1.1, 1.1, 3.4, 1.4, 1],
    trims: { us: 'S|SE|HSE|Dynamic|Autobiography', eu: 'S|SE|HSE|Dynamic|Autobiography' },
    engines: { diesel: 'SDV6', plug_in_hybrid: 'PHEV' },
    allDriven: true,
    retention: 0.96,
    models: `
      Defender; 90-; u; d,p,x; 72; *; 8
      Discovery; 90-; u; d,p; 72; *; 9
      Discovery Sport; 14-; u; d,p,x; 50; *; 10
      Freelander; 97-14; u; d,p; 34; D G I F; 7
      LR2; 06-15; u; p; 36; U; 2
      LR3; 04-09; u; p; 48; U; 2
      LR4; 09-16; u; p; 56; U; 3
      Range Rover; 94-; u; d,p,x; 125; *; 7
      Range Rover Evoque; 11-; u,v; d,p,x; 50; *; 14
      Range Rover Sport; 05-; u; d,p,x; 95; *; 11
      Range Rover Velar; 17-; u; d,p,x; 70; *; 5
    `,
  },
  {
    name: 'Jaguar',
    wmi: { us: 'SAJ SAD', eu: 'SAJ SAD' },
    share: [0.6, 0.6, 1.8, 0.5, 0.4],
    trims: { us: 'Base|Premium|Prestige|R-Sport|Portfolio', eu: 'Pure|Prestige|R-Sport|Portfolio|R-Dynamic' },
    rearDriven: true,
    retention: 0.86,
    models: `
      E-Pace; 17-; u; d,p,x; 46; *; 6
      F-Pace; 16-; u; d,p,x; 60; *; 8
      F-Type; 13-24; c,v; p; 82; *; 3
      I-Pace; 18-; u; e; 82; *; 3
      S-Type; 99-08; s; p,d; 46; *; 2
      X-Type; 01-09; s,w; p,d; 36; *; 3
      XE; 15-24; s; p,d; 42; *; 6
      XF; 07-; s,w; p,d; 53; *; 8
      XJ; 90-19; s; p,d; 88; *; 3
      XK; 96-14; c,v; p; 85; *; 2
    `,
  },
  {
    name: 'Aston Martin',
    wmi: { us: 'SCF', eu: 'SCF' },
    share: [0.04, 0.06, 0.15, 0.03, 0.02],
    trims: { us: 'Base|S|AMR', eu: 'Basis|S|AMR' },
    rearDriven: true,
    retention: 1.1,
    models: `
      DB7; 94-04; c,v; p; 130; *; 1
      DB9; 04-16; c,v; p; 165; *; 3
      DB11; 16-23; c,v; p; 195; *; 2
      DBX; 20-; u; p; 190; *; 2
      Rapide; 10-20; s; p; 180; *; 1
      Vanquish; 01-; c; p; 270; *; 0.5
      Vantage; 05-; c,v; p; 145; *; 5
    `,
  },
  {
    name: 'Bentley',
    wmi: { us: 'SCB', eu: 'SCB' },
    share: [0.08, 0.06, 0.2, 0.03, 0.02],
    trims: { us: 'Base|S|Speed|Mulliner', eu: 'Basis|S|Speed|Mulliner' },
    allDriven: true,
    models: `
      Arnage; 98-09; s; p; 230; *; 1
      Bentayga; 15-; u; p,d,x; 195; *; 4
      Continental GT; 03-; c,v; p; 215; *; 7
      Flying Spur; 05-; s; p,x; 205; *; 4
      Mulsanne; 10-20; s; p; 290; *; 0.5
    `,
  },
  {
    name: 'Rolls-Royce',
    wmi: { us: 'SCA', eu: 'SCA' },
    share: [0.02, 0.02, 0.06, 0.01, 0.01],
    trims: { us: 'Base|Black Badge', eu: 'Basis|Black Badge' },
    rearDriven: true,
    retention: 1.15,
    models: `
      Cullinan; 18-; u; p; 340; *; 2
      Dawn; 15-22; v; p; 330; *; 1
      Ghost; 09-; s; p; 310; *; 3
      Phantom; 03-; s; p; 450; *; 1
      Wraith; 13-22; c; p; 290; *; 1
    `,
  },
  {
    name: 'McLaren',
    wmi: { us: 'SBM', eu: 'SBM' },
    share: [0.03, 0.03, 0.08, 0.01, 0.01],
    trims: { us: 'Base|Spider|LT', eu: 'Basis|Spider|LT' },
    rearDriven: true,
    retention: 1.2,
    models: `
      540C; 15-21; c; p; 160; *; 1
      570S; 15-21; c,v; p; 180; *; 3
      650S; 14-17; c,v; p; 220; *; 1
      720S; 17-22; c,v; p; 260; *; 2
      Artura; 21-; c; x; 230; *; 1
      GT; 19-; c; p; 190; *; 1
    `,
  },
  {
    name: 'Lotus',
    wmi: { us: 'SCC', eu: 'SCC' },
    share: [0.03, 0.05, 0.12, 0.02, 0.02],
    trims: { us: 'Base|S|Sport', eu: 'Basis|S|Sport' },
    rearDriven: true,
    retention: 1.25,
    models: `
      Elise; 96-21; v; p; 50; *; 5
      Eletre; 22-; u; e; 100; D G F; 1
      Emira; 22-; c; p; 90; *; 2
      Evora; 09-21; c; p; 85; *; 2
      Exige; 00-21; c; p; 72; *; 2
    `,
  },
  {
    name: 'Rover',
    wmi: { eu: 'SAR' },
    share: [0, 0.08, 0.3, 0.05, 0.02],
    trims: { eu: 'Classic|Club|Connoisseur' },
    retention: 0.8,
    models: `
      25; 99-05; h; p,d; 15; D G I F; 3
      45; 99-05; h,s; p,d; 18; D G I F; 2
      75; 98-05; s,w; p,d; 28; D G I F; 4
      200; 90-99; h; p,d; 16; D G I; 1
      400; 90-99; s; p,d; 18; D G I; 1
      Streetwise; 03-05; h; p,d; 16; G I; 1
    `,
  },
  {
    name: 'Ineos',
    wmi: { us: 'SC6', eu: 'SC6' },
    share: [0.03, 0.04, 0.06, 0.01, 0.01],
    trims: { us: 'Base|Fieldmaster|Trialmaster', eu: 'Basis|Fieldmaster|Trialmaster' },
    allDriven: true,
    models: `
      Grenadier; 22-; u; p,d; 76; *; 5
      Grenadier Quartermaster; 24-; t; p,d; 78; D G F U; 1
    `,
  },
];

export const northernAndEastern: readonly MakeRow[] = [
  {
    name: 'Volvo',
    wmi: { us: 'YV1 YV4 7JR', eu: 'YV1' },
    share: [1.2, 2, 2.4, 1.4, 1.2],
    trims: { us: 'Momentum|Inscription|R-Design|Ultimate', eu: 'Kinetic|Momentum|Summum|R-Design|Inscription' },
    models: `
      240; 82-93; s,w; p; 30; D G U; 0.4
      850; 91-97; s,w; p,d; 36; D G U I; 0.6
      C30; 06-13; h; p,d; 27; *; 3
      C40; 21-; u; e; 52; *; 1
      C70; 97-13; v,c; p,d; 43; *; 1
      EX30; 23-; u; e; 40; *; 2
      EX90; 24-; u; e; 88; *; 0.3
      S40; 96-12; s; p,d; 29; *; 4; p:T4,T5,2.4i d:D2,D3,D4
      S60; 00-; s; p,d,x; 42; *; 8; p:T4,T5,T6 d:D3,D4,D5 x:T8
      S80; 98-16; s; p,d; 48; *; 2; p:T5,T6,3.2 d:D4,D5
      S90; 16-; s; p,d,x; 56; *; 2; p:T5,T6 d:D4,D5 x:T8
      V40; 96-19; h,w; p,d; 29; D G I F; 9; p:T2,T3,T4 d:D2,D3,D4
      V50; 04-12; w; p,d; 31; *; 4; p:T5,2.4i d:D2,D4
      V60; 10-; w; p,d,x; 44; *; 9; p:T3,T4,T5 d:D3,D4,D5 x:T6,T8
      V70; 96-16; w; p,d; 45; *; 7; p:T4,T5,3.2 d:D3,D4,D5
      V90; 16-; w; p,d,x; 58; *; 4; p:T4,T5,T6 d:D3,D4,D5 x:T8
      XC40; 17-; u; p,d,x,e; 42; *; 10; p:T3,T4,T5 d:D3,D4 x:T4,T5
      XC60; 08-; u; p,d,x; 56; *; 14; p:T5,T6 d:D3,D4,D5 x:T6,T8
      XC70; 97-16; w; p,d; 48; *; 4; p:T6,3.2 d:D4,D5
      XC90; 02-; u; p,d,x; 76; *; 8; p:T5,T6 d:D5 x:T8
    `,
  },
  {
    name: 'Saab',
    wmi: { us: 'YS3', eu: 'YS3' },
    share: [0.15, 0.12, 0.25, 0.1, 0.05],
    trims: { us: 'Linear|Arc|Aero', eu: 'Linear|Vector|Aero' },
    retention: 0.85,
    models: `
      9-3; 98-14; s,w,v; p,d; 33; *; 8
      9-5; 97-11; s,w; p,d; 42; *; 5
      900; 90-98; h,v; p; 30; *; 1
      9-7X; 04-09; u; p; 40; U; 1
    `,
  },
  {
    name: 'Škoda',
    wmi: { eu: 'TMB' },
    share: [0, 7, 3.4, 1.8, 1.8],
    trims: { eu: 'Active|Ambition|Style|Selection|Sportline|Laurin & Klement' },
    engines: { petrol: 'TSI', diesel: 'TDI', cng: 'G-TEC', plug_in_hybrid: 'iV' },
    retention: 1.03,
    models: `
      Citigo; 12-20; h; p,e,c; 13; D G I F; 5
      Enyaq; 20-; u; e; 47; D G I F; 4
      Fabia; 99-; h,w; p,d; 19; D G I F; 20
      Felicia; 94-01; h,w; p,d; 11; D G I; 1
      Kamiq; 19-; u; p; 25; D G I F; 7
      Karoq; 17-; u; p,d; 32; D G I F; 9
      Kodiaq; 16-; u; p,d; 42; D G I F; 7
      Octavia; 96-; w,s; p,d,x,c; 32; D G I F; 30
      Rapid; 12-19; h; p,d; 19; D G I F; 5
      Roomster; 06-15; m; p,d; 17; D G I F; 4
      Scala; 19-; h; p,d; 24; D G I F; 4
      Superb; 01-; s,w; p,d,x; 41; D G I F; 11
      Yeti; 09-17; u; p,d; 25; D G I F; 5
    `,
  },
  {
    name: 'SEAT',
    wmi: { eu: 'VSS' },
    share: [0, 4.6, 2.6, 2, 2.6],
    trims: { eu: 'Reference|Style|Xcellence|FR|FR Line' },
    engines: { petrol: 'TSI', diesel: 'TDI', cng: 'TGI' },
    models: `
      Alhambra; 96-22; m; p,d; 38; D G I F; 4
      Altea; 04-15; m; p,d; 22; D G I F; 4
      Arona; 17-; u; p,c,d; 24; D G I F; 9
      Arosa; 97-04; h; p,d; 11; D G I F; 1
      Ateca; 16-; u; p,d; 31; D G I F; 9
      Cordoba; 93-09; s; p,d; 15; D G I; 1
      Exeo; 08-13; s,w; p,d; 28; D G I F; 2
      Ibiza; 93-; h,w; p,d,c; 20; D G I F; 20
      Leon; 99-; h,w; p,d,x,c; 27; D G I F; 22
      Mii; 11-21; h; p,e,c; 13; D G I F; 4
      Tarraco; 18-24; u; p,d,x; 40; D G I F; 2
      Toledo; 91-19; s; p,d; 21; D G I F; 2
    `,
  },
  {
    name: 'Cupra',
    wmi: { eu: 'VSS' },
    share: [0, 1.2, 0.8, 0.5, 0.5],
    trims: { eu: 'Basis|V|VZ|VZ Cup' },
    engines: { petrol: 'TSI', plug_in_hybrid: 'e-Hybrid' },
    models: `
      Ateca; 18-; u; p; 46; D G I F; 4
      Born; 21-; h; e; 41; D G I F; 4
      Formentor; 20-; u; p,x,d; 41; D G I F; 10
      Leon; 20-; h,w; p,x; 41; D G I F; 6
      Tavascan; 24-; u; e; 56; D G I F; 0.6
    `,
  },
  {
    name: 'Lada',
    wmi: { eu: 'XTA' },
    share: [0, 0.12, 0, 0.04, 0.03],
    trims: { eu: 'Classic|Comfort|Luxe' },
    retention: 0.9,
    models: `
      Granta; 12-20; s; p; 9; D F; 1
      Kalina; 06-14; h,w; p; 9; D; 1
      Niva; 90-20; u; p; 12; D I F; 4
      Vesta; 16-20; s,w; p; 14; D; 1
    `,
  },
  {
    name: 'Daewoo',
    wmi: { eu: 'KLA' },
    share: [0, 0.05, 0.05, 0.05, 0.02],
    trims: { eu: 'S|SE|SX|CDX' },
    retention: 0.85,
    models: `
      Kalos; 02-05; h; p; 11; D G I F; 2
      Lacetti; 03-05; h; p; 14; D G I F; 1
      Nubira; 97-05; s,w; p; 15; D G I F; 1
    `,
  },
  {
    name: 'MAN',
    wmi: { eu: 'WMA' },
    share: [0, 0.12, 0.05, 0.02, 0.02],
    trims: { eu: 'Basis|Advanced|Lion' },
    models: `
      TGE; 17-; b; d,e; 48; D G I F; 3
    `,
  },
  {
    name: 'Aixam',
    wmi: { eu: 'VLG' },
    share: [0, 0.1, 0, 0.25, 0.35],
    trims: { eu: 'Minauto|Emotion|Sensation' },
    models: `
      City; 06-; c; d,e; 14; D I F; 3
      Coupé; 11-; c; d; 16; D I F; 1
      Crossline; 06-; c; d; 15; D I F; 1
    `,
  },
  {
    name: 'Ligier',
    wmi: { eu: 'VJR' },
    share: [0, 0.05, 0, 0.2, 0.25],
    trims: { eu: 'Club|Sport|Elegance' },
    models: `
      JS50; 13-; c; d,e; 15; D I F; 3
      Myli; 22-; c; e,d; 16; I F; 1
    `,
  },
];
