import type { MakeRow } from './row';

export const frenchAndItalian: readonly MakeRow[] = [
  {
    name: 'Renault',
    wmi: { eu: 'VF1' },
    share: [0, 4, 3, 5, 17],
    trims: { eu: 'Life|Zen|Limited|Intens|Techno|RS Line' },
    engines: { petrol: 'TCe', diesel: 'dCi', hybrid: 'E-Tech', plug_in_hybrid: 'E-Tech', electric: 'E-Tech' },
    retention: 0.95,
    models: `
      Twingo; 93-24; h; p,e; 15; D I F; 12
      Clio; 91-; h,w; p,d,h,l; 20; D G I F; 30
      Captur; 13-; u; p,d,x; 26; D G I F; 16
      Mégane; 96-; h,w; p,d,x; 28; D G I F; 16
      Mégane E-Tech; 22-; h; e; 40; D G I F; 2
      Scénic; 97-22; m; p,d; 29; D G I F; 8
      Espace; 97-; m; p,d; 43; D I F; 3
      Laguna; 94-15; s,w; p,d; 29; D G I F; 3
      Talisman; 15-22; s,w; p,d; 37; D I F; 2
      Kadjar; 15-22; u; p,d; 29; D G I F; 6
      Koleos; 08-; u; p,d; 36; D G I F; 2
      Austral; 22-; u; h,p; 37; D I F; 2
      Arkana; 21-; u; h,p; 31; D G I F; 3
      Kangoo; 98-; b,m; d,p,e; 25; D G I F; 5
      Trafic; 01-; b; d; 38; D G I F; 2
      Modus; 04-12; m; p,d; 16; D G I F; 2
      Zoe; 13-24; h; e; 33; D G I F; 4
      Fluence; 09-16; s; p,d,e; 21; D I F; 1
      Vel Satis; 02-09; h; p,d; 38; D F; 0.4
    `,
  },
  {
    name: 'Peugeot',
    wmi: { eu: 'VF3 VR3' },
    share: [0, 2.6, 4, 4, 15],
    trims: { eu: 'Access|Style|Active|Allure|GT Line|GT' },
    engines: { petrol: 'PureTech', diesel: 'BlueHDi', plug_in_hybrid: 'Hybrid' },
    models: `
      106; 91-03; h; p,d; 12; D G I F; 2
      107; 05-14; h; p; 12; D G I F; 4
      108; 14-21; h; p; 13; D G I F; 5
      206; 98-10; h,v; p,d; 15; D G I F; 7
      207; 06-14; h,v,w; p,d; 17; D G I F; 8
      208; 12-; h; p,d,e; 22; D G I F; 24
      301; 12-20; s; p,d; 17; F I; 1
      306; 93-02; h,v; p,d; 19; D G I F; 1
      307; 01-09; h,w,v; p,d; 22; D G I F; 4
      308; 07-; h,w; p,d,x; 29; D G I F; 17
      406; 95-04; s,w,c; p,d; 27; D G I F; 2
      407; 04-11; s,w; p,d; 30; D G I F; 3
      508; 10-; s,w; p,d,x; 42; D G I F; 6
      607; 00-10; s; p,d; 40; D F; 0.6
      2008; 13-; u; p,d,e; 27; D G I F; 16
      3008; 09-; u; p,d,x; 36; D G I F; 14
      5008; 09-; m,u; p,d; 39; D G I F; 7
      Partner; 97-; b,m; d,p; 24; D G I F; 4
      Rifter; 18-; m; d,p; 29; D G I F; 2
      RCZ; 10-15; c; p,d; 31; D G I F; 1
      Traveller; 16-; m; d; 46; D F I; 1
      iOn; 10-20; h; e; 26; D F; 0.5
    `,
  },
  {
    name: 'Citroën',
    wmi: { eu: 'VF7 VR7' },
    share: [0, 1.8, 2.6, 4, 10],
    trims: { eu: 'Live|Feel|Tendance|Shine|Exclusive' },
    engines: { petrol: 'PureTech', diesel: 'BlueHDi' },
    retention: 0.93,
    models: `
      C1; 05-22; h; p; 13; D G I F; 9
      C2; 03-09; h; p,d; 14; D G I F; 3
      C3; 02-; h; p,d; 18; D G I F; 24
      C3 Aircross; 17-; u; p,d; 23; D G I F; 7
      C3 Picasso; 09-17; m; p,d; 20; D G I F; 5
      C4; 04-; h; p,d,e; 26; D G I F; 11
      C4 Cactus; 14-20; u; p,d; 21; D G I F; 5
      C4 Picasso; 06-18; m; p,d; 27; D G I F; 9
      C4 SpaceTourer; 18-22; m; p,d; 30; D I F; 2
      C5; 01-17; s,w; p,d; 31; D G I F; 5
      C5 Aircross; 18-; u; p,d,x; 35; D G I F; 5
      C5 X; 22-; w; p,x; 42; D I F; 1
      C6; 05-12; s; d,p; 46; D F; 0.4
      C8; 02-14; m; d,p; 35; D F I; 1
      Berlingo; 96-; b,m; d,p,e; 25; D G I F; 8
      Jumpy; 95-; b; d; 33; D I F; 2
      Saxo; 96-03; h; p,d; 11; D G I F; 1
      Xsara; 97-06; h,w; p,d; 17; D G I F; 1
      Xsara Picasso; 99-10; m; p,d; 20; D G I F; 2
      Ami; 20-; c; e; 8; I F; 1
    `,
  },
  {
    name: 'DS',
    wmi: { eu: 'VR1' },
    share: [0, 0.3, 0.4, 0.4, 1.4],
    trims: { eu: 'Bastille|So Chic|Performance Line|Rivoli|Opera' },
    engines: { petrol: 'PureTech', diesel: 'BlueHDi', plug_in_hybrid: 'E-Tense' },
    models: `
      DS 3; 15-19; h,v; p,d; 24; D G I F; 5
      DS 3 Crossback; 19-23; u; p,d,e; 32; D G I F; 4
      DS 4; 15-; h; p,d,x; 34; D G I F; 4
      DS 5; 15-18; h; p,d; 38; D G I F; 2
      DS 7; 17-; u; p,d,x; 46; D G I F; 5
      DS 9; 20-; s; x; 58; D F; 0.5
    `,
  },
  {
    name: 'Dacia',
    wmi: { eu: 'UU1' },
    share: [0, 3.4, 1.2, 3.6, 6],
    trims: { eu: 'Access|Essential|Comfort|Prestige|Stepway' },
    engines: { petrol: 'TCe', diesel: 'dCi' },
    retention: 1.12,
    models: `
      Sandero; 08-; h; p,l,d; 13; D G I F; 20
      Logan; 05-20; s,w; p,d; 11; D I F; 5
      Duster; 10-; u; p,d,l; 21; D G I F; 20
      Lodgy; 12-22; m; p,d; 17; D I F; 4
      Dokker; 13-21; b,m; p,d; 15; D I F; 3
      Jogger; 22-; w; p,l,h; 20; D G I F; 4
      Spring; 21-; h; e; 18; D G I F; 3
    `,
  },
  {
    name: 'Alpine',
    wmi: { eu: 'VFA' },
    share: [0, 0.08, 0.06, 0.03, 0.2],
    trims: { eu: 'Pure|Légende|S|GT' },
    rearDriven: true,
    retention: 1.3,
    models: `
      A110; 17-; c; p; 64; D G I F; 5
      A290; 24-; h; e; 40; D G F; 1
    `,
  },
  {
    name: 'Fiat',
    wmi: { us: 'ZFA', eu: 'ZFA' },
    share: [0.3, 3, 2.6, 16, 4],
    trims: { us: 'Pop|Easy|Lounge|Trekking', eu: 'Pop|Easy|Lounge|Sport|Cross' },
    engines: { petrol: 'FireFly', diesel: 'MultiJet', cng: 'Natural Power', hybrid: 'Hybrid' },
    retention: 0.96,
    models: `
      500; 07-; h,v; p,h,d,e,l; 18; *; 26
      500L; 12-22; m; p,d; 21; *; 8
      500X; 14-24; u; p,d; 25; *; 10
      600; 23-; u; h,e; 27; D G I F; 2
      Panda; 03-; h; p,h,c,d,l; 15; D G I F; 24
      Punto; 99-18; h; p,d,l,c; 15; D G I F; 12
      Grande Punto; 05-12; h; p,d,l; 15; D G I F; 5
      Tipo; 15-; h,s,w; p,d; 21; D G I F; 10
      Bravo; 07-14; h; p,d; 20; D G I F; 3
      Croma; 05-11; w; d,p; 27; D I F; 1
      Doblò; 00-; b,m; d,c,p; 24; D G I F; 4
      Ducato; 94-; b; d; 40; D G I F; 4
      Fiorino; 07-; b; d,c; 17; D I F; 2
      Freemont; 11-16; u; d; 32; D I F; 1
      Idea; 03-12; m; p,d; 17; I D; 1
      Multipla; 98-10; m; d,c,p; 22; I D F; 2
      Qubo; 08-20; m; p,d,c; 17; I D F; 2
      Sedici; 05-14; u; p,d; 21; I D F; 1
      Seicento; 98-10; h; p; 9; I D; 2
      Stilo; 01-10; h,w; p,d; 18; I D; 1
      124 Spider; 16-20; v; p; 31; *; 1
    `,
  },
  {
    name: 'Alfa Romeo',
    wmi: { us: 'ZAR', eu: 'ZAR' },
    share: [0.2, 1, 0.8, 3.4, 1],
    trims: { us: 'Base|Ti|Sport|Quadrifoglio', eu: 'Super|Sprint|Ti|Veloce|Quadrifoglio' },
    engines: { diesel: 'JTDm', petrol: 'TB' },
    retention: 0.92,
    models: `
      147; 00-10; h; p,d; 24; D G I F; 3
      156; 97-07; s,w; p,d; 29; D G I F; 2
      159; 05-11; s,w; p,d; 34; D G I F; 4
      166; 98-07; s; p,d; 40; D I; 0.5
      4C; 13-20; c,v; p; 66; *; 0.5
      8C; 07-10; c; p; 190; D I; 0.1
      Brera; 05-10; c; p,d; 38; D G I F; 1
      GT; 03-10; c; p,d; 31; D G I F; 1
      Giulia; 16-; s; p,d; 49; *; 9
      Giulietta; 10-20; h; p,d,l; 27; D G I F; 12
      Junior; 24-; u; h,e; 31; D G I F; 1
      MiTo; 08-18; h; p,d,l; 19; D G I F; 7
      Spider; 95-10; v; p,d; 42; D G I F; 1
      Stelvio; 17-; u; p,d; 56; *; 11
      Tonale; 22-; u; h,x,d; 42; *; 4
    `,
  },
  {
    name: 'Lancia',
    wmi: { eu: 'ZLA' },
    share: [0, 0.3, 0, 3.4, 0.3],
    trims: { eu: 'Silver|Gold|Platino|Ecochic' },
    retention: 0.93,
    models: `
      Ypsilon; 03-; h; p,l,c,h,d; 16; D I F; 20
      Delta; 08-14; h; p,d; 25; D I F; 3
      Musa; 04-12; m; p,d; 19; I; 4
      Thesis; 02-09; s; p,d; 42; I; 0.4
      Phedra; 02-10; m; d; 36; I F; 0.5
      Voyager; 11-15; m; d; 42; I F D; 0.6
    `,
  },
  {
    name: 'Abarth',
    wmi: { eu: 'ZFA' },
    share: [0, 0.4, 0.5, 0.8, 0.2],
    trims: { eu: 'Custom|Turismo|Competizione' },
    retention: 1.1,
    models: `
      595; 12-24; h,v; p; 26; D G I F; 8
      500; 08-16; h,v; p; 21; D G I F; 3
      500e; 23-; h; e; 38; D G I F; 1
      Grande Punto; 07-10; h; p; 22; D I; 1
      124 Spider; 16-19; v; p; 40; D G I; 1
    `,
  },
  {
    name: 'Maserati',
    wmi: { us: 'ZAM', eu: 'ZAM' },
    share: [0.2, 0.2, 0.2, 0.35, 0.1],
    trims: { us: 'Base|S|GranLusso|Trofeo', eu: 'Basis|S|GranSport|Trofeo' },
    rearDriven: true,
    retention: 0.9,
    models: `
      Ghibli; 13-24; s; p,d; 82; *; 7
      Grecale; 22-; u; p,e; 78; *; 2
      Levante; 16-24; u; p,d; 86; *; 7
      Quattroporte; 04-24; s; p,d; 118; *; 3
      GranTurismo; 07-; c; p; 145; *; 2
      GranCabrio; 10-; v; p; 155; *; 1
      MC20; 21-; c; p; 230; *; 0.2
    `,
  },
  {
    name: 'Ferrari',
    wmi: { us: 'ZFF', eu: 'ZFF' },
    share: [0.06, 0.1, 0.1, 0.12, 0.05],
    trims: { us: 'Base|Special Equipment', eu: 'Basis|Special Equipment' },
    rearDriven: true,
    retention: 1.7,
    models: `
      360; 99-05; c,v; p; 160; *; 2
      F430; 04-09; c,v; p; 185; *; 2
      458; 09-15; c,v; p; 230; *; 3
      488; 15-19; c,v; p; 245; *; 3
      California; 08-17; v; p; 190; *; 3
      Portofino; 17-23; v; p; 210; *; 2
      Roma; 20-; c; p; 225; *; 1
      F8; 19-23; c,v; p; 265; *; 1
      296 GTB; 21-; c; x; 300; *; 1
      812 Superfast; 17-22; c; p; 330; *; 0.5
    `,
  },
  {
    name: 'Lamborghini',
    wmi: { us: 'ZHW', eu: 'ZHW' },
    share: [0.04, 0.06, 0.05, 0.05, 0.02],
    trims: { us: 'Base|EVO|Performante', eu: 'Basis|EVO|Performante' },
    allDriven: true,
    retention: 1.6,
    models: `
      Gallardo; 03-13; c,v; p; 190; *; 3
      Huracán; 14-24; c,v; p; 235; *; 4
      Urus; 18-; u; p; 230; *; 5
      Aventador; 11-22; c,v; p; 380; *; 1
    `,
  },
  {
    name: 'Iveco',
    wmi: { eu: 'ZCF' },
    share: [0, 0.3, 0.2, 0.8, 0.3],
    trims: { eu: 'Hi-Matic|Business|Basis' },
    rearDriven: true,
    models: `
      Daily; 99-; b; d; 44; D G I F; 5
      Massif; 08-11; u; d; 30; I; 0.2
    `,
  },
];
