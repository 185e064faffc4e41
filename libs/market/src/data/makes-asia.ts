import type { MakeRow } from './row';

export const asian: readonly MakeRow[] = [
  {
    name: 'Toyota',
    wmi: { us: '4T1 5TD 5TF JTD 2T1', eu: 'JTD SB1 VNK' },
    share: [13, 3.4, 6, 6, 6],
    trims: { us: 'L|LE|SE|XLE|XSE|Limited', eu: 'Active|Comfort|Design|Business Edition|GR Sport|Lounge' },
    engines: { petrol: 'VVT-i', diesel: 'D-4D', hybrid: 'Hybrid' },
    retention: 1.14,
    models: `
      4Runner; 96-; u; p; 44; U; 8
      86; 12-21; c; p; 30; *; 1
      Auris; 07-19; h,w; p,h,d; 25; D G I F; 10
      Avalon; 94-22; s; p,h; 38; U; 4
      Avensis; 98-18; s,w; p,d; 29; D G I F; 5
      Aygo; 05-22; h; p; 13; D G I F; 12
      Aygo X; 22-; u; p; 18; D G I F; 3
      bZ4X; 22-; u; e; 46; *; 1
      C-HR; 16-; u; h,p; 31; *; 12
      Camry; 91-; s; p,h; 31; *; 26
      Celica; 93-06; c; p; 27; *; 1
      Corolla; 92-; s,h,w; p,h,d; 25; *; 28
      Corolla Cross; 21-; u; p,h; 29; *; 4
      FJ Cruiser; 06-14; u; p; 34; U; 2
      GR86; 21-; c; p; 35; *; 1
      GR Yaris; 20-; h; p; 40; D G I F; 1
      Highlander; 00-; u; p,h; 43; *; 12
      Hilux; 97-; t; d; 40; D G I F; 3
      iQ; 08-15; h; p,d; 15; D G I F; 1
      Land Cruiser; 90-; u; d,p; 78; *; 3
      Matrix; 02-13; w; p; 19; U; 2
      Mirai; 14-; s; f; 64; U D G; 0.2
      MR2; 90-07; v; p; 26; *; 0.6
      Prius; 00-; h; h,x; 31; *; 11
      Prius C; 11-19; h; h; 22; U; 2
      Prius V; 11-17; w; h; 28; U; 2
      Proace; 13-; b; d,e; 36; D G I F; 2
      RAV4; 94-; u; p,h,d,x; 34; *; 24
      Sequoia; 00-; u; p,h; 66; U; 3
      Sienna; 97-; m; p,h; 40; U; 9
      Supra; 93-; c; p; 56; *; 1
      Tacoma; 95-; t; p; 36; U; 14
      Tundra; 99-; t; p,h; 48; U; 8
      Urban Cruiser; 09-14; h; p,d; 19; D G I F; 1
      Venza; 08-; w,u; p,h; 35; U; 4
      Verso; 09-18; m; p,d; 25; D G I F; 4
      Yaris; 99-; h; p,h,d; 20; *; 17
      Yaris Cross; 21-; u; h,p; 26; D G I F; 6
    `,
  },
  {
    name: 'Lexus',
    wmi: { us: 'JTH JTJ 58A 2T2', eu: 'JTH JTJ' },
    share: [2.6, 0.3, 0.8, 0.3, 0.3],
    trims: { us: 'Base|Premium|Luxury|F Sport', eu: 'Eco|Business Line|F Sport|Luxury Line' },
    retention: 1.12,
    models: `
      CT; 11-21; h; h; 31; *; 3; h:CT 200h
      ES; 92-; s; p,h; 44; *; 9; p:ES 250,ES 350 h:ES 300h
      GS; 93-20; s; p,h; 52; *; 3; p:GS 300,GS 350 h:GS 450h
      GX; 02-; u; p; 62; U; 4; p:GX 460,GX 470
      HS; 09-12; s; h; 36; U; 0.5; h:HS 250h
      IS; 99-; s; p,h,d; 42; *; 7; p:IS 250,IS 300,IS 350 h:IS 300h d:IS 220d
      LC; 17-; c; p,h; 98; *; 0.4; p:LC 500 h:LC 500h
      LS; 90-; s; p,h; 80; *; 2; p:LS 460,LS 500 h:LS 500h
      LX; 96-; u; p; 94; *; 2; p:LX 570,LX 600
      NX; 14-; u; p,h,x; 44; *; 7; p:NX 200t,NX 250,NX 350 h:NX 300h,NX 350h x:NX 450h+
      RC; 14-; c; p,h; 48; *; 1; p:RC 300,RC 350 h:RC 300h
      RX; 98-; u; p,h; 54; *; 14; p:RX 330,RX 350 h:RX 400h,RX 450h
      RZ; 22-; u; e; 60; *; 0.5; e:RZ 300e,RZ 450e
      SC; 91-10; c,v; p; 62; *; 0.6; p:SC 430
      UX; 18-; u; h,e,p; 36; *; 3; h:UX 250h e:UX 300e p:UX 200
    `,
  },
  {
    name: 'Honda',
    wmi: { us: '1HG 2HG 5FN 5J6 19X', eu: 'JHM SHH' },
    share: [9.5, 1.2, 2.4, 1, 1],
    trims: { us: 'LX|Sport|EX|EX-L|Touring', eu: 'Comfort|Elegance|Sport|Executive|Advance' },
    engines: { petrol: 'i-VTEC', diesel: 'i-DTEC', hybrid: 'e:HEV' },
    retention: 1.08,
    models: `
      Accord; 90-; s,w; p,h,d; 31; *; 24
      Civic; 91-; s,h,c; p,d,h; 27; *; 28
      Clarity; 17-21; s; x,f; 36; U; 1
      CR-V; 97-; u; p,h,d; 34; *; 26
      CR-Z; 10-16; c; h; 23; *; 1
      Crosstour; 10-15; h; p; 31; U; 1
      e; 20-24; h; e; 36; D G I F; 1
      Element; 02-11; u; p; 23; U; 2
      FR-V; 04-10; m; p,d; 24; D G I F; 1
      Fit; 06-20; h; p; 18; U; 5
      HR-V; 98-; u; p,h,d; 27; *; 9
      Insight; 99-22; s,h; h; 25; *; 2
      Jazz; 02-; h; p,h; 22; D G I F; 12
      Legend; 91-12; s; p; 46; D G; 0.3
      NSX; 90-22; c; p,h; 165; *; 0.1
      Odyssey; 95-; m; p; 39; U; 9
      Passport; 94-; u; p; 41; U; 3
      Pilot; 02-; u; p; 43; U; 10
      Prelude; 91-01; c; p; 26; *; 0.5
      Prologue; 24-; u; e; 48; U; 1
      Ridgeline; 05-; t; p; 40; U; 4
      S2000; 99-09; v; p; 38; *; 0.6
    `,
  },
  {
    name: 'Acura',
    wmi: { us: '19U 5J8 JH4' },
    share: [1.4, 0, 0, 0, 0],
    trims: { us: 'Base|Technology|A-Spec|Advance' },
    models: `
      ILX; 12-22; s; p; 28; U; 4
      Integra; 90-; h,c; p; 32; U; 2
      MDX; 00-; u; p,h; 50; U; 10
      RDX; 06-; u; p; 42; U; 8
      RL; 95-12; s; p; 50; U; 1
      RLX; 13-20; s; p,h; 56; U; 0.6
      RSX; 01-06; c; p; 24; U; 1
      TL; 95-14; s; p; 37; U; 5
      TLX; 14-; s; p; 38; U; 6
      TSX; 03-14; s,w; p; 31; U; 4
      ZDX; 09-; u; p,e; 52; U; 0.6
    `,
  },
  {
    name: 'Nissan',
    wmi: { us: '1N4 1N6 5N1 JN8 3N1', eu: 'SJN JN1 VSK' },
    share: [7.5, 2, 4.4, 2.6, 2.4],
    trims: { us: 'S|SV|SR|SL|Platinum', eu: 'Visia|Acenta|N-Connecta|Tekna' },
    engines: { petrol: 'DIG-T', diesel: 'dCi', hybrid: 'e-Power' },
    retention: 0.94,
    models: `
      350Z; 02-09; c,v; p; 38; *; 2
      370Z; 09-20; c,v; p; 42; *; 1
      Almera; 95-06; h,s; p,d; 17; D G I F; 1
      Altima; 93-; s; p,h; 27; U; 22
      Ariya; 22-; u; e; 48; *; 1
      Armada; 03-; u; p; 56; U; 3
      Cube; 09-14; w; p,d; 18; *; 1
      Frontier; 97-; t; p; 32; U; 6
      GT-R; 08-; c; p; 115; *; 0.4
      Juke; 10-; u; p,d,h; 24; *; 10
      Kicks; 18-; u; p; 23; U; 6
      Leaf; 10-; h; e; 32; *; 5
      Maxima; 90-23; s; p; 38; U; 6
      Micra; 93-23; h; p,d; 16; D G I F; 10
      Murano; 02-; u; p,d; 40; *; 7
      Navara; 98-22; t; d; 36; D G I F; 3
      Note; 05-20; h; p,d; 17; *; 6
      Pathfinder; 96-; u; p,d; 40; *; 7
      Primera; 90-07; s,w; p,d; 23; D G I F; 1
      Pulsar; 14-18; h; p,d; 21; D G I F; 2
      Qashqai; 06-; u; p,d,h; 32; D G I F; 24
      Quest; 93-17; m; p; 33; U; 1
      Rogue; 07-; u; p; 31; U; 20
      Rogue Sport; 17-22; u; p; 26; U; 4
      Sentra; 91-; s; p; 21; U; 13
      Titan; 03-24; t; p,d; 46; U; 3
      Versa; 06-; s,h; p; 18; U; 6
      X-Trail; 01-; u; p,d,h; 36; D G I F; 8
      Xterra; 99-15; u; p; 30; U; 3
      NV200; 09-; b; p,d,e; 25; *; 2
    `,
  },
  {
    name: 'Infiniti',
    wmi: { us: 'JNK JNR 5N3', eu: 'JNK SJK' },
    share: [1.1, 0.1, 0.12, 0.1, 0.08],
    trims: { us: 'Pure|Luxe|Essential|Sensory|Red Sport', eu: 'GT|Premium|Sport|S' },
    retention: 0.88,
    models: `
      EX35; 07-12; u; p; 38; U; 1
      FX35; 03-12; u; p; 46; *; 2
      G35; 02-08; s,c; p; 35; U; 3
      G37; 07-13; s,c,v; p; 39; *; 4
      M35; 05-10; s; p; 46; U; 1
      Q30; 15-19; h; p,d; 29; D G I F; 4
      Q40; 14-15; s; p; 34; U; 1
      Q50; 13-; s; p,h,d; 42; *; 8
      Q60; 13-22; c,v; p; 46; *; 2
      Q70; 13-19; s; p,h,d; 54; *; 1
      QX30; 16-19; u; p,d; 32; *; 2
      QX50; 13-; u; p; 42; *; 4
      QX55; 21-; u; p; 48; U; 1
      QX56; 04-13; u; p; 62; U; 2
      QX60; 13-; u; p,h; 49; U; 7
      QX70; 13-19; u; p,d; 52; *; 1
      QX80; 13-; u; p; 76; U; 3
    `,
  },
  {
    name: 'Mazda',
    wmi: { us: 'JM1 JM3 3MV 4F2', eu: 'JMZ' },
    share: [2.6, 2.2, 2, 1.2, 0.9],
    trims: { us: 'Sport|Select|Touring|Grand Touring|Signature', eu: 'Prime-Line|Center-Line|Exclusive-Line|Sports-Line' },
    engines: { petrol: 'Skyactiv-G', diesel: 'Skyactiv-D' },
    models: `
      CX-3; 15-; u; p,d; 24; *; 6
      CX-30; 19-; u; p; 30; *; 7
      CX-5; 11-; u; p,d; 34; *; 20
      CX-50; 22-; u; p,h; 36; U; 3
      CX-60; 22-; u; d,x; 50; D G I F; 2
      CX-7; 06-12; u; p,d; 31; *; 3
      CX-9; 06-23; u; p; 42; U; 5
      CX-90; 23-; u; p,x; 48; U; 2
      Mazda2; 03-; h; p,d,h; 19; *; 7
      Mazda3; 03-; h,s; p,d; 26; *; 18
      Mazda5; 05-15; m; p,d; 24; *; 3
      Mazda6; 02-; s,w; p,d; 33; *; 10
      MPV; 96-06; m; p,d; 28; *; 1
      MX-30; 20-; u; e; 36; D G I F; 1
      MX-5; 90-; v; p; 32; D G I F; 7
      MX-5 Miata; 90-; v; p; 32; U; 4
      Protegé; 94-03; s; p; 17; U; 1
      RX-8; 03-12; c; p; 34; *; 1
      Tribute; 00-11; u; p; 25; *; 1
    `,
  },
  {
    name: 'Subaru',
    wmi: { us: '4S3 4S4 JF1 JF2', eu: 'JF1' },
    share: [3.8, 0.3, 0.5, 0.3, 0.2],
    trims: { us: 'Base|Premium|Sport|Limited|Touring', eu: 'Trend|Active|Comfort|Exclusive|Sport' },
    allDriven: true,
    retention: 1.08,
    models: `
      Ascent; 18-; u; p; 40; U; 5
      BRZ; 12-; c; p; 33; *; 2
      Crosstrek; 12-; u; p,x; 29; U; 13
      Forester; 97-; u; p,h,d; 33; *; 18
      Impreza; 93-; s,h; p; 24; *; 11
      Justy; 95-11; h; p; 13; D I; 0.5
      Legacy; 90-; s,w; p,d; 27; *; 8
      Outback; 95-; w; p,d; 35; *; 18
      Solterra; 22-; u; e; 48; *; 1
      Tribeca; 05-14; u; p; 36; *; 1
      WRX; 14-; s; p; 36; U G; 4
      WRX STI; 04-21; s; p; 42; *; 1
      XV; 11-; u; p,h,d; 31; D G I F; 6
    `,
  },
  {
    name: 'Mitsubishi',
    wmi: { us: 'JA3 JA4 4A3', eu: 'JMB' },
    share: [1.3, 1.2, 1.2, 0.6, 0.6],
    trims: { us: 'ES|LE|SE|SEL|GT', eu: 'Basis|Invite|Intense|Instyle|Plus' },
    retention: 0.92,
    models: `
      3000GT; 90-99; c; p; 42; U; 0.3
      ASX; 10-; u; p,d,h; 25; D G I F; 8
      Colt; 92-; h; p,d,h; 17; D G I F; 6
      Eclipse; 90-12; c,v; p; 24; U; 2
      Eclipse Cross; 17-; u; p,x,d; 31; *; 6
      Endeavor; 03-11; u; p; 30; U; 1
      Galant; 91-12; s; p; 22; *; 2
      i-MiEV; 10-20; h; e; 26; *; 0.5
      L200; 96-; t; d; 34; D G I F; 4
      Lancer; 92-17; s,h; p,d; 20; *; 6
      Lancer Evolution; 00-15; s; p; 42; *; 0.5
      Mirage; 12-; h,s; p; 15; U G; 6
      Montero; 92-06; u; p; 34; U; 1
      Outlander; 03-; u; p,d,x; 35; *; 12
      Outlander Sport; 10-; u; p; 24; U; 6
      Pajero; 91-21; u; d,p; 42; D G I F; 2
      Space Star; 98-; h; p; 14; D I F; 8
    `,
  },
  {
    name: 'Suzuki',
    wmi: { us: 'JS2 JS3', eu: 'JSA TSM' },
    share: [0.25, 1.5, 1.8, 2, 1.6],
    trims: { us: 'Base|SE|Limited', eu: 'Club|Comfort|Comfort+|Top' },
    retention: 1.05,
    models: `
      Alto; 94-14; h; p; 10; D G I F; 3
      Baleno; 95-19; h; p,h; 16; D G I F; 2
      Celerio; 14-20; h; p; 12; D G I F; 2
      Forenza; 03-08; s; p; 15; U; 1
      Grand Vitara; 98-15; u; p,d; 24; *; 5
      Ignis; 00-; h; p,h; 18; D G I F; 5
      Jimny; 98-; u; p,d; 22; D G I F; 5
      Kizashi; 09-14; s; p; 25; *; 1
      Liana; 01-08; h,s; p; 15; D G I F; 1
      S-Cross; 13-; u; p,d,h; 27; D G I F; 5
      Splash; 08-15; h; p,d; 13; D G I F; 2
      Swift; 92-; h; p,h,d; 18; D G I F; 14
      SX4; 06-14; h; p,d; 18; *; 5
      Vitara; 90-; u; p,h,d; 26; D G I F; 10
      Wagon R+; 97-08; h; p; 12; D G I F; 1
      XL7; 98-09; u; p; 25; U; 1
    `,
  },
  {
    name: 'Hyundai',
    wmi: { us: '5NP 5NM KMH KM8', eu: 'KMH TMA' },
    share: [5.2, 4, 3.6, 3, 2.6],
    trims: { us: 'Blue|SE|SEL|Limited|Ultimate', eu: 'Pure|Select|Trend|Prime|N Line' },
    engines: { petrol: 'T-GDI', diesel: 'CRDi', hybrid: 'Hybrid' },
    models: `
      Accent; 94-22; s,h; p,d; 16; *; 7
      Atos; 98-08; h; p; 10; D G I F; 1
      Azera; 05-17; s; p; 34; U; 2
      Bayon; 21-; u; p; 23; D G I F; 2
      Coupe; 96-09; c; p; 24; D G I F; 1
      Elantra; 92-; s; p,h; 22; U; 20
      Entourage; 06-09; m; p; 27; U; 0.5
      Equus; 10-16; s; p; 62; U; 0.4
      Genesis Coupe; 08-16; c; p; 29; *; 1
      Getz; 02-10; h; p,d; 13; D G I F; 3
      i10; 07-; h; p,l; 16; D G I F; 12
      i20; 08-; h; p,d; 20; D G I F; 12
      i30; 07-; h,w; p,d; 26; D G I F; 13
      i40; 11-19; s,w; p,d; 30; D G I F; 3
      Ioniq; 16-22; h; h,e,x; 30; *; 5
      Ioniq 5; 21-; u; e; 46; *; 4
      Ioniq 6; 22-; s; e; 48; *; 2
      ix20; 10-19; m; p,d; 19; D G I F; 3
      ix35; 09-15; u; p,d; 26; D G I F; 5
      Kona; 17-; u; p,e,h,d; 27; *; 12
      Matrix; 01-10; m; p,d; 17; D G I F; 1
      Nexo; 18-; u; f; 74; U D G; 0.1
      Palisade; 18-; u; p; 44; U; 4
      Santa Cruz; 21-; t; p; 32; U; 2
      Santa Fe; 00-; u; p,d,h; 40; *; 13
      Sonata; 92-; s; p,h; 28; *; 14
      Tiburon; 96-08; c; p; 21; U; 1
      Tucson; 04-; u; p,d,h,x; 33; *; 20
      Veloster; 11-21; h; p; 23; *; 3
      Venue; 19-; u; p; 21; U; 3
      Veracruz; 06-12; u; p; 33; U; 1
    `,
  },
  {
    name: 'Kia',
    wmi: { us: '5XX 5XY KNA KND', eu: 'U5Y KNA' },
    share: [4.8, 2.8, 3.8, 2.2, 2.4],
    trims: { us: 'LX|S|EX|GT-Line|SX', eu: 'Edition 7|Vision|Spirit|Platinum|GT Line' },
    engines: { petrol: 'T-GDI', diesel: 'CRDi' },
    models: `
      Cadenza; 13-20; s; p; 36; U; 1
      Carens; 00-19; m; p,d; 25; D G I F; 3
      Carnival; 99-; m; p,d; 38; *; 4
      Ceed; 06-; h,w; p,d,x; 26; D G I F; 13
      EV6; 21-; u; e; 50; *; 3
      EV9; 23-; u; e; 70; *; 1
      Forte; 09-24; s,h; p; 21; U; 11
      K5; 20-; s; p; 28; U; 5
      K900; 14-20; s; p; 60; U; 0.3
      Magentis; 01-10; s; p,d; 23; D G I; 1
      Niro; 16-; u; h,x,e; 32; *; 9
      Optima; 00-20; s,w; p,h,x; 26; *; 9
      Picanto; 04-; h; p; 15; D G I F; 11
      Rio; 00-23; h,s; p,d; 18; *; 9
      Rondo; 06-12; w; p; 21; U; 0.6
      Sedona; 01-21; m; p,d; 31; U G; 4
      Seltos; 19-; u; p; 26; U; 5
      Sorento; 02-; u; p,d,h,x; 42; *; 14
      Soul; 08-; h; p,d,e; 22; *; 11
      Spectra; 00-09; s; p; 15; U; 1
      Sportage; 94-; u; p,d,h,x; 33; *; 20
      Stinger; 17-23; s; p,d; 46; *; 2
      Stonic; 17-; u; p; 23; D G I F; 5
      Telluride; 19-; u; p; 42; U; 6
      Venga; 09-19; m; p,d; 19; D G I F; 3
      XCeed; 19-; u; p,x,d; 29; D G I F; 4
    `,
  },
  {
    name: 'Genesis',
    wmi: { us: 'KMT KMU', eu: 'KMT KMU' },
    share: [0.5, 0.05, 0.1, 0, 0],
    trims: { us: 'Standard|Advanced|Prestige|Sport', eu: 'Premium|Luxury|Sport' },
    rearDriven: true,
    models: `
      G70; 17-; s; p,d; 43; U D G; 4
      G80; 16-; s; p,d,e; 56; U D G; 4
      G90; 16-; s; p; 86; U; 1
      GV60; 21-; u; e; 56; U D G; 1
      GV70; 20-; u; p,d,e; 50; U D G; 5
      GV80; 20-; u; p,d; 64; U D G; 4
    `,
  },
  {
    name: 'SsangYong',
    wmi: { eu: 'KPT KPB' },
    share: [0, 0.3, 0.3, 0.3, 0.1],
    trims: { eu: 'Crystal|Amber|Quartz|Sapphire' },
    retention: 0.86,
    models: `
      Actyon; 06-12; u; d,p; 25; D G I F; 1
      Korando; 97-; u; d,p,e; 27; D G I F; 4
      Kyron; 05-13; u; d; 27; D G I F; 1
      Rexton; 02-; u; d; 42; D G I F; 3
      Rodius; 05-18; m; d; 29; D G I F; 1
      Tivoli; 15-; u; p,d; 22; D G I F; 5
      Torres; 23-; u; p,e; 37; D G I; 1
      Musso; 95-; t,u; d; 33; D G I; 2
    `,
  },
  {
    name: 'Daihatsu',
    wmi: { eu: 'JDA' },
    share: [0, 0.3, 0.2, 0.4, 0.1],
    trims: { eu: 'Eco|Top|Emotion' },
    retention: 0.96,
    models: `
      Cuore; 95-12; h; p; 11; D I F; 4
      Sirion; 98-13; h; p; 13; D G I F; 4
      Terios; 97-14; u; p; 19; D G I F; 4
      Copen; 02-12; v; p; 17; D G I; 1
      Materia; 06-12; h; p; 16; D I F; 1
      Charade; 91-13; h; p; 12; G I; 1
    `,
  },
  {
    name: 'Isuzu',
    wmi: { us: 'JAC 4S2 4NU', eu: 'MPA' },
    share: [0.12, 0.1, 0.3, 0.06, 0.1],
    trims: { us: 'S|LS|Limited', eu: 'Basis|Solar|Custom|V-Cross' },
    models: `
      Ascender; 02-08; u; p; 31; U; 2
      Axiom; 01-04; u; p; 29; U; 1
      D-Max; 03-; t; d; 36; D G I F; 6
      i-290; 05-08; t; p; 21; U; 1
      Rodeo; 91-04; u; p; 25; U; 2
      Trooper; 91-04; u; p,d; 30; U D G; 2
    `,
  },
  {
    name: 'MG',
    wmi: { eu: 'SDP LSJ' },
    share: [0, 0.7, 2.4, 1.4, 1.2],
    trims: { eu: 'Standard|Comfort|Explore|Excite|Exclusive|Luxury|Trophy' },
    models: `
      HS; 19-; u; p,x; 29; D G I F; 6
      MG3; 11-; h; p,h; 18; D G I F; 7
      MG4; 22-; h; e; 35; D G I F; 6
      MG5; 20-; w; e; 35; D G I F; 4
      MG6; 10-16; h; p,d; 20; G; 1
      TF; 02-11; v; p; 22; D G I F; 1
      ZR; 01-05; h; p; 15; D G I; 1
      ZS; 01-; u; p,e,h; 22; D G I F; 12
      ZT; 01-05; s,w; p,d; 27; D G; 0.4
      Cyberster; 24-; v; e; 64; D G F; 0.3
    `,
  },
  {
    name: 'BYD',
    wmi: { eu: 'LGX LC0' },
    share: [0, 0.3, 0.4, 0.3, 0.3],
    trims: { eu: 'Active|Boost|Comfort|Design' },
    models: `
      Atto 3; 22-; u; e; 39; D G I F; 5
      Dolphin; 23-; h; e; 33; D G I F; 4
      Han; 22-; s; e; 68; D G F; 0.5
      Seal; 23-; s; e; 47; D G I F; 3
      Seal U; 24-; u; x,e; 41; D G I F; 3
      Tang; 22-; u; e; 70; D F; 0.5
    `,
  },
  {
    name: 'Lynk & Co',
    wmi: { eu: 'LB3 L6T' },
    share: [0, 0.15, 0, 0.15, 0.05],
    trims: { eu: 'Core|More' },
    models: `
      01; 21-; u; x; 44; D I F; 4
      02; 24-; u; e; 38; D I F; 1
    `,
  },
];
