import type { MakeRow } from './row';

export const american: readonly MakeRow[] = [
  {
    name: 'Ford',
    wmi: { us: '1FA 1FM 1FT 3FA', eu: 'WF0' },
    share: [13, 7, 11, 6, 4.5],
    trims: { us: 'S|SE|SEL|XLT|Limited|Platinum', eu: 'Ambiente|Trend|Titanium|ST-Line|Vignale' },
    engines: { petrol: 'EcoBoost', diesel: 'TDCi', hybrid: 'Hybrid', plug_in_hybrid: 'PHEV' },
    models: `
      F-150; 97-; t; p,h,n; 44; U; 34
      F-250; 99-; t; d,p; 54; U; 6
      F-350; 99-; t; d,p; 58; U; 3
      Ranger; 98-; t; p,d; 36; *; 8
      Maverick; 21-; t; h,p; 26; U; 5
      Escape; 00-; u; p,h,x; 30; U; 18
      Explorer; 91-; u; p,h; 41; U; 18
      Expedition; 97-; u; p; 62; U; 6
      Edge; 07-24; u; p,d; 38; U D I F; 9
      EcoSport; 12-22; u; p,d; 22; *; 4
      Bronco; 21-; u; p; 42; U; 4
      Bronco Sport; 21-; u; p; 32; U; 4
      Flex; 09-19; u; p; 34; U; 2
      Mustang; 94-; c,v; p; 43; *; 9
      Mustang Mach-E; 20-; u; e; 48; *; 3
      Fusion; 06-20; s; p,h,x; 25; U; 12
      Taurus; 90-19; s; p; 30; U; 5
      Crown Victoria; 92-11; s; p,n; 27; U; 2
      Focus; 99-; h,w,s; p,d; 26; *; 24
      Focus C-Max; 03-10; m; p,d; 24; D G I F; 2
      Fiesta; 96-23; h; p,d; 20; *; 22
      Ka; 97-16; h; p; 11; D G I F; 5
      Ka+; 16-20; h; p,d; 13; D G I F; 2
      Kuga; 08-; u; p,d,x; 34; D G I F; 14
      Puma; 19-; u; p,h; 27; D G I F; 10
      Mondeo; 93-22; s,w; p,d,h; 33; D G I F; 10
      C-Max; 10-19; m; p,d; 26; D G I F; 6
      S-Max; 06-23; m; p,d; 39; D G I F; 5
      Galaxy; 95-23; m; p,d; 40; D G I F; 4
      B-Max; 12-17; m; p,d; 19; D G I F; 2
      Fusion; 02-12; h; p,d; 16; D G I F; 2
      Transit; 95-; b; d,p; 41; *; 5
      Transit Custom; 12-; b; d,x; 38; D G I F; 5
      Transit Connect; 02-; b; d,p; 28; *; 4
      Tourneo Connect; 02-; m; d,p; 29; D G I F; 2
    `,
  },
  {
    name: 'Chevrolet',
    wmi: { us: '1G1 1GC 1GN 3GN', eu: 'KL1' },
    share: [12, 0.8, 0.5, 0.8, 0.4],
    trims: { us: 'LS|LT|RS|LTZ|Premier|High Country', eu: 'LS|LT|LTZ' },
    models: `
      Silverado 1500; 99-; t; p,d,n; 42; U; 30
      Silverado 2500HD; 01-; t; d,p; 54; U; 5
      Colorado; 04-; t; p,d; 32; U; 6
      Tahoe; 95-; u; p,n; 60; U; 8
      Suburban; 92-; u; p; 64; U; 5
      Traverse; 09-; u; p; 38; U; 8
      Equinox; 05-; u; p; 29; U; 18
      Trax; 13-; u; p,d; 22; *; 6
      Trailblazer; 02-; u; p; 26; U; 5
      Blazer; 95-; u; p; 37; U; 4
      Malibu; 97-24; s; p,h; 25; U; 14
      Impala; 94-20; s; p,n; 31; U; 7
      Cruze; 08-19; s,h; p,d; 20; *; 9
      Sonic; 12-20; h,s; p; 17; U; 3
      Spark; 10-22; h; p,e; 14; *; 5
      Aveo; 04-14; h,s; p,d; 13; *; 3
      Cobalt; 05-10; s,c; p; 17; U; 2
      HHR; 06-11; w; p; 20; U; 1
      Camaro; 93-24; c,v; p; 38; *; 5
      Corvette; 92-; c,v; p; 78; *; 3
      Bolt EV; 16-23; h; e; 28; U; 3
      Bolt EUV; 21-23; u; e; 29; U; 2
      Volt; 10-19; h; x; 36; U; 2
      Captiva; 06-18; u; d,p; 28; D I F G; 3
      Orlando; 10-18; m; p,d; 24; D I F; 1
      Matiz; 05-10; h; p,l; 10; D I F; 2
      Express; 96-; b; p; 40; U; 3
      Avalanche; 02-13; t; p; 44; U; 2
    `,
  },
  {
    name: 'GMC',
    wmi: { us: '1GT 1GK 3GT' },
    share: [4, 0, 0, 0, 0],
    trims: { us: 'SL|SLE|SLT|AT4|Denali' },
    models: `
      Sierra 1500; 99-; t; p,d; 46; U; 20
      Sierra 2500HD; 01-; t; d,p; 58; U; 4
      Canyon; 04-; t; p,d; 36; U; 4
      Yukon; 95-; u; p; 64; U; 7
      Yukon XL; 00-; u; p; 68; U; 3
      Acadia; 07-; u; p; 40; U; 9
      Terrain; 10-; u; p,d; 31; U; 9
      Envoy; 98-09; u; p; 33; U; 2
      Savana; 96-; b; p; 41; U; 1
      Hummer EV; 22-; t,u; e; 98; U; 0.4
    `,
  },
  {
    name: 'Ram',
    wmi: { us: '1C6 3C6', eu: '1C6' },
    share: [4.4, 0.15, 0, 0.05, 0],
    trims: { us: 'Tradesman|Big Horn|Laramie|Rebel|Limited', eu: 'Big Horn|Laramie|Limited' },
    models: `
      1500; 10-; t; p,d,n; 46; U D I; 24
      2500; 10-; t; d,p; 56; U; 6
      3500; 10-; t; d,p; 60; U; 3
      ProMaster; 13-; b; p,d; 42; U; 2
      ProMaster City; 14-22; b; p; 27; U; 1
    `,
  },
  {
    name: 'Dodge',
    wmi: { us: '1B3 1D7 2B3 2D4', eu: '1B3' },
    share: [3.8, 0.3, 0.05, 0.1, 0.05],
    trims: { us: 'SE|SXT|GT|R/T|Citadel', eu: 'SE|SXT|R/T' },
    retention: 0.93,
    models: `
      Charger; 05-; s; p; 38; *; 12
      Challenger; 08-23; c; p; 38; *; 9
      Durango; 98-; u; p; 44; U; 8
      Journey; 08-20; u; p,d; 27; U D I; 9
      Grand Caravan; 92-20; m; p; 30; U; 10
      Avenger; 07-14; s; p; 22; U D; 3
      Caliber; 06-12; h; p,d; 18; U D I; 3
      Dart; 12-16; s; p; 20; U; 3
      Magnum; 04-08; w; p; 29; U; 1
      Nitro; 06-12; u; p,d; 26; U D; 2
      Neon; 94-05; s; p; 15; U; 1
      Ram 1500; 94-10; t; p; 33; U; 6
      Dakota; 90-11; t; p; 26; U; 2
      Hornet; 23-; u; p,x; 33; U; 1
      Viper; 92-17; c; p; 105; *; 0.3
    `,
  },
  {
    name: 'Jeep',
    wmi: { us: '1C4 1J4 1J8', eu: '1C4 ZAC' },
    share: [6, 1.5, 1.2, 3.4, 1.4],
    trims: { us: 'Sport|Latitude|Laredo|Limited|Trailhawk|Overland', eu: 'Sport|Longitude|Limited|Trailhawk|Overland' },
    engines: { diesel: 'MultiJet', plug_in_hybrid: '4xe' },
    models: `
      Wrangler; 90-; u; p,d,x; 48; *; 20
      Grand Cherokee; 93-; u; p,d,x; 58; *; 20
      Cherokee; 90-23; u; p,d; 34; *; 12
      Compass; 06-; u; p,d,x; 33; *; 15
      Renegade; 14-; u; p,d,x; 28; *; 14
      Patriot; 07-17; u; p,d; 22; *; 6
      Liberty; 02-12; u; p,d; 26; U; 5
      Commander; 06-10; u; p,d; 38; *; 2
      Gladiator; 19-; t; p,d; 47; *; 4
      Avenger; 23-; u; p,e,h; 27; D G I F; 4
      Wagoneer; 21-; u; p; 72; U; 1
    `,
  },
  {
    name: 'Chrysler',
    wmi: { us: '1C3 2C3 2C4', eu: '1C3' },
    share: [1.8, 0.3, 0.15, 0.2, 0.15],
    trims: { us: 'LX|Touring|S|Limited|C', eu: 'LX|Touring|Limited' },
    retention: 0.92,
    models: `
      200; 10-17; s,v; p,n; 24; U; 9
      300; 04-23; s; p; 38; U; 9
      300C; 04-14; s,w; p,d; 42; D G I F; 4
      300M; 98-04; s; p; 32; U D; 0.6
      Aspen; 06-09; u; p; 36; U; 0.6
      Crossfire; 03-08; c,v; p; 36; *; 1
      Grand Voyager; 95-15; m; p,d; 40; D G I F; 3
      Pacifica; 03-; m; p,x; 41; U; 8
      PT Cruiser; 00-10; h,v; p,d; 20; *; 4
      Sebring; 95-10; s,v; p; 23; U D; 3
      Town & Country; 90-16; m; p; 34; U; 7
      Voyager; 20-; m; p; 32; U; 2
    `,
  },
  {
    name: 'Cadillac',
    wmi: { us: '1G6 1GY', eu: '1G6' },
    share: [1.6, 0.06, 0.02, 0.03, 0.02],
    trims: { us: 'Base|Luxury|Premium Luxury|Sport|Platinum', eu: 'Luxury|Sport|Platinum' },
    retention: 0.93,
    models: `
      ATS; 12-19; s,c; p; 38; *; 5
      BLS; 06-10; s,w; p,d; 32; D I F; 0.6
      CT4; 19-; s; p; 38; U; 2
      CT5; 19-; s; p; 43; U; 3
      CT6; 16-20; s; p,x; 58; U; 1
      CTS; 02-19; s,c,w; p; 48; *; 7
      DeVille; 90-05; s; p; 46; U; 2
      DTS; 05-11; s; p; 48; U; 2
      Escalade; 98-; u; p,d; 86; *; 7
      ELR; 13-16; c; x; 62; U; 0.2
      Lyriq; 22-; u; e; 64; U; 1
      SRX; 03-16; u; p; 42; *; 7
      STS; 04-11; s; p; 50; *; 1
      XT4; 18-; u; p; 40; U D; 4
      XT5; 16-; u; p; 47; U D; 7
      XT6; 19-; u; p; 54; U; 3
      XTS; 12-19; s; p; 50; U; 2
    `,
  },
  {
    name: 'Buick',
    wmi: { us: '1G4 5GA KL4' },
    share: [1.7, 0, 0, 0, 0],
    trims: { us: 'Base|Preferred|Essence|Premium|Avenir' },
    retention: 0.94,
    models: `
      Cascada; 16-19; v; p; 34; U; 1
      Enclave; 07-; u; p; 46; U; 9
      Encore; 12-22; u; p; 26; U; 9
      Encore GX; 19-; u; p; 28; U; 6
      Envision; 15-; u; p; 36; U; 5
      Envista; 23-; u; p; 25; U; 2
      LaCrosse; 04-19; s; p,h; 33; U; 5
      LeSabre; 90-05; s; p; 27; U; 3
      Lucerne; 05-11; s; p; 30; U; 2
      Park Avenue; 91-05; s; p; 34; U; 1
      Rainier; 03-07; u; p; 33; U; 0.6
      Regal; 97-20; s,w; p; 30; U; 4
      Rendezvous; 01-07; u; p; 28; U; 1
      Verano; 11-17; s; p; 24; U; 4
      Century; 90-05; s; p; 21; U; 1
    `,
  },
  {
    name: 'Lincoln',
    wmi: { us: '5LM 3LN 1LN' },
    share: [1.2, 0, 0, 0, 0],
    trims: { us: 'Base|Select|Premiere|Reserve|Black Label' },
    retention: 0.92,
    models: `
      Aviator; 02-; u; p,x; 58; U; 3
      Continental; 90-20; s; p; 48; U; 2
      Corsair; 19-; u; p,x; 40; U; 4
      LS; 99-06; s; p; 38; U; 1
      Mark LT; 05-08; t; p; 42; U; 0.6
      MKC; 14-19; u; p; 36; U; 4
      MKS; 08-16; s; p; 42; U; 2
      MKT; 09-19; u; p; 46; U; 1
      MKX; 06-18; u; p; 42; U; 5
      MKZ; 06-20; s; p,h; 37; U; 6
      Nautilus; 18-; u; p,h; 46; U; 4
      Navigator; 97-; u; p; 82; U; 4
      Town Car; 90-11; s; p; 44; U; 3
      Zephyr; 05-06; s; p; 32; U; 0.5
    `,
  },
  {
    name: 'Tesla',
    wmi: { us: '5YJ 7SA', eu: '5YJ XP7 LRW' },
    share: [2.4, 2.4, 2, 1, 1.6],
    trims: { us: 'Standard Range|Long Range|Performance', eu: 'Standard Range|Long Range|Performance' },
    rearDriven: true,
    models: `
      Model 3; 17-; s; e; 43; *; 20
      Model Y; 20-; u; e; 47; *; 20
      Model S; 12-; h; e; 92; *; 5
      Model X; 15-; u; e; 98; *; 4
      Cybertruck; 23-; t; e; 90; U; 0.6
      Roadster; 08-12; v; e; 110; *; 0.1
    `,
  },
  {
    name: 'Pontiac',
    wmi: { us: '1G2 5Y2' },
    share: [0.6, 0, 0, 0, 0],
    trims: { us: 'Base|SE|GT|GXP' },
    retention: 0.9,
    models: `
      Bonneville; 92-05; s; p; 29; U; 2
      Firebird; 93-02; c,v; p; 30; U; 1
      G5; 06-10; c; p; 18; U; 1
      G6; 04-10; s,c; p; 22; U; 6
      G8; 07-09; s; p; 33; U; 1
      Grand Am; 92-05; s,c; p; 20; U; 3
      Grand Prix; 90-08; s; p; 25; U; 4
      Solstice; 05-10; v,c; p; 26; U; 1
      Vibe; 02-10; w; p; 19; U; 3
    `,
  },
  {
    name: 'Saturn',
    wmi: { us: '1G8 5GZ' },
    share: [0.4, 0, 0, 0, 0],
    trims: { us: 'XE|XR|Red Line' },
    retention: 0.9,
    models: `
      Aura; 06-10; s; p,h; 23; U; 3
      Ion; 02-07; s,c; p; 15; U; 2
      L-Series; 99-05; s; p; 19; U; 1
      Outlook; 06-10; u; p; 32; U; 2
      Sky; 06-10; v; p; 27; U; 0.6
      Vue; 01-10; u; p,h; 24; U; 4
    `,
  },
  {
    name: 'Mercury',
    wmi: { us: '1ME 4M2' },
    share: [0.5, 0, 0, 0, 0],
    trims: { us: 'Base|GS|LS|Premier' },
    retention: 0.9,
    models: `
      Grand Marquis; 90-11; s; p; 29; U; 5
      Mariner; 04-11; u; p,h; 26; U; 3
      Milan; 05-11; s; p,h; 24; U; 3
      Mountaineer; 96-10; u; p; 33; U; 3
      Sable; 90-09; s,w; p; 24; U; 2
      Cougar; 90-02; c; p; 22; U; 0.6
    `,
  },
  {
    name: 'Hummer',
    wmi: { us: '5GR 5GT', eu: '5GR' },
    share: [0.2, 0.02, 0.01, 0.01, 0.01],
    trims: { us: 'Base|Adventure|Luxury', eu: 'Base|Luxury' },
    allDriven: true,
    retention: 1.15,
    models: `
      H2; 02-09; u; p; 62; *; 4
      H3; 05-10; u; p; 38; *; 5
      H3T; 08-10; t; p; 39; U; 1
    `,
  },
  {
    name: 'Rivian',
    wmi: { us: '7FC 7PD' },
    share: [0.2, 0, 0, 0, 0],
    trims: { us: 'Explore|Adventure|Launch Edition' },
    allDriven: true,
    models: `
      R1T; 21-; t; e; 76; U; 5
      R1S; 22-; u; e; 82; U; 5
    `,
  },
  {
    name: 'Lucid',
    wmi: { us: '50E', eu: '50E' },
    share: [0.06, 0.01, 0, 0, 0],
    trims: { us: 'Pure|Touring|Grand Touring', eu: 'Pure|Touring|Grand Touring' },
    retention: 0.85,
    models: `
      Air; 21-; s; e; 82; U D; 5
      Gravity; 24-; u; e; 95; U; 1
    `,
  },
  {
    name: 'Polestar',
    wmi: { us: 'YSM 7JS', eu: 'YSM LPS' },
    share: [0.12, 0.4, 0.5, 0.1, 0.1],
    trims: { us: 'Standard|Plus|Pilot|Performance', eu: 'Standard|Plus|Pilot|Performance' },
    retention: 0.92,
    models: `
      1; 19-21; c; x; 155; U D G; 0.1
      2; 20-; h; e; 48; *; 8
      3; 23-; u; e; 78; *; 1
      4; 24-; u; e; 62; *; 1
    `,
  },
];
