import type { MakeRow } from './row';

export const german: readonly MakeRow[] = [
  {
    name: 'Volkswagen',
    wmi: { us: '1VW 3VW WVW', eu: 'WVW WVG' },
    share: [2.4, 19, 8.5, 8, 7],
    trims: { us: 'S|SE|SEL|R-Line|SEL Premium', eu: 'Trendline|Comfortline|Highline|Life|Style|R-Line' },
    engines: { petrol: 'TSI', diesel: 'TDI', plug_in_hybrid: 'eHybrid', hybrid: 'eTSI', cng: 'TGI' },
    models: `
      Golf; 91-; h,w; p,d,x,c; 29; *; 30
      Golf GTI; 98-; h; p; 40; *; 5
      Golf R; 03-; h; p; 48; *; 3
      Polo; 94-; h; p,d; 22; D G I F; 16
      Passat; 93-; s,w; p,d,x; 41; *; 15
      Jetta; 99-; s; p,d; 22; U; 12
      Tiguan; 07-; u; p,d,x; 38; *; 18
      Touareg; 02-; u; d,p,x; 72; *; 5
      Atlas; 17-; u; p; 41; U; 6
      Taos; 21-; u; p; 27; U; 5
      up!; 11-23; h; p,e,c; 15; D G I F; 7
      T-Roc; 17-; u,v; p,d; 31; D G I F; 10
      T-Cross; 18-; u; p; 25; D G I F; 7
      Touran; 03-; m; p,d; 36; D G I F; 8
      Sharan; 95-22; m; p,d; 42; D G I F; 4
      Caddy; 03-; b,m; d,p,c; 31; D G I F; 5
      Multivan; 03-; m; d,p,x; 58; D G F; 3
      Transporter; 03-; b; d; 42; D G I F; 4
      Arteon; 17-24; s,w; p,d,x; 51; *; 3
      Scirocco; 08-17; c; p,d; 29; D G I F; 2
      Beetle; 11-19; h,v; p,d; 25; *; 3
      New Beetle; 98-10; h,v; p,d; 21; *; 2
      Eos; 06-15; v; p,d; 34; *; 1
      CC; 08-17; s; p,d; 36; *; 2
      Fox; 05-11; h; p; 11; D G I F; 2
      Lupo; 98-05; h; p,d; 12; D G I F; 2
      Bora; 98-05; s,w; p,d; 24; D G I F; 2
      Phaeton; 02-16; s; p,d; 82; D G I F; 1
      Amarok; 10-; t; d; 48; D G I F; 2
      ID.3; 20-; h; e; 37; D G I F; 5
      ID.4; 20-; u; e; 44; *; 5
      ID.5; 22-; u; e; 49; D G I F; 1
      ID.7; 23-; s,w; e; 56; D G F; 1
      ID. Buzz; 22-; m; e; 62; *; 1
    `,
  },
  {
    name: 'BMW',
    wmi: { us: '5UX WBA WBS', eu: 'WBA WBY' },
    share: [2.9, 9, 7, 4, 4],
    trims: { us: 'Base|Luxury|Sport|M Sport', eu: 'Advantage|Sport Line|Luxury Line|M Sport' },
    rearDriven: true,
    models: `
      1 Series; 04-; h; p,d; 34; D G I F; 14; p:116i,118i,120i,M135i d:116d,118d,120d
      2 Series; 14-; c,v; p,d; 41; *; 5; p:218i,220i,230i,M240i d:218d,220d
      2 Series Active Tourer; 14-; m; p,d,x; 39; D I F G; 4; p:218i,220i d:218d,220d x:225xe
      3 Series; 90-; s,w; p,d,x; 48; *; 28; p:318i,320i,328i,330i,M340i d:318d,320d,330d x:330e
      4 Series; 13-; c,v; p,d; 55; *; 6; p:420i,428i,430i,M440i d:420d,430d
      4 Series Gran Coupe; 14-; s; p,d; 56; *; 3; p:420i,430i,M440i d:420d
      5 Series; 95-; s,w; p,d,x; 62; *; 15; p:520i,528i,530i,540i d:520d,525d,530d x:530e
      6 Series; 03-18; c,v; p,d; 88; *; 1; p:640i,650i d:640d
      7 Series; 94-; s; p,d,x; 108; *; 2; p:740i,750i,760i d:730d,740d x:745e
      8 Series; 18-; c,v; p,d; 112; *; 1; p:840i,M850i d:840d
      X1; 09-; u; p,d,x; 43; *; 11; p:sDrive18i,xDrive20i,xDrive28i d:sDrive18d,xDrive20d x:xDrive25e
      X2; 18-; u; p,d; 45; *; 3; p:sDrive18i,xDrive28i,M35i d:sDrive18d,xDrive20d
      X3; 04-; u; p,d,x; 57; *; 11; p:xDrive20i,xDrive30i,M40i d:xDrive20d,xDrive30d x:xDrive30e
      X4; 14-; u; p,d; 64; *; 2; p:xDrive20i,xDrive30i,M40i d:xDrive20d,xDrive30d
      X5; 00-; u; p,d,x; 82; *; 9; p:xDrive35i,xDrive40i,xDrive50i d:xDrive30d,xDrive40d x:xDrive45e
      X6; 08-; u; p,d; 90; *; 2; p:xDrive35i,xDrive40i,xDrive50i d:xDrive30d,xDrive40d
      X7; 19-; u; p,d; 105; *; 1; p:xDrive40i,M60i d:xDrive30d,xDrive40d
      Z3; 96-02; v,c; p; 40; *; 1; p:1.8,2.0,2.8
      Z4; 03-; v; p; 54; *; 2; p:sDrive20i,sDrive30i,M40i
      M2; 16-; c; p; 72; *; 1
      M3; 92-; s,c; p; 88; *; 2
      M4; 14-; c,v; p; 92; *; 1
      M5; 98-; s; p; 125; *; 1
      i3; 13-22; h; e; 42; *; 3
      i4; 21-; s; e; 60; *; 2; e:eDrive35,eDrive40,M50
      i5; 23-; s,w; e; 74; *; 1; e:eDrive40,xDrive40,M60
      i7; 22-; s; e; 122; *; 1; e:eDrive50,xDrive60,M70
      i8; 14-20; c,v; x; 145; *; 0.4
      iX; 21-; u; e; 86; *; 1; e:xDrive40,xDrive50,M60
      iX1; 22-; u; e; 52; D G I F; 1; e:eDrive20,xDrive30
      iX3; 20-; u; e; 68; D G I F; 1
    `,
  },
  {
    name: 'Mercedes-Benz',
    wmi: { us: '4JG 55S W1K', eu: 'WDD WDB W1K' },
    share: [2.6, 9, 6, 4, 4],
    trims: { us: 'Base|Premium|AMG Line|Exclusive', eu: 'Classic|Avantgarde|Elegance|AMG Line' },
    rearDriven: true,
    models: `
      A-Class; 97-; h,s; p,d,x; 36; *; 16; p:A 160,A 180,A 200,A 250 d:A 180 d,A 200 d,A 220 d x:A 250 e
      B-Class; 05-; m; p,d,x; 37; D G I F; 9; p:B 180,B 200,B 220 d:B 180 d,B 200 d x:B 250 e
      C-Class; 93-; s,w,c; p,d,x; 50; *; 22; p:C 180,C 200,C 300 d:C 200 d,C 220 d,C 300 d x:C 300 e
      E-Class; 93-; s,w; p,d,x; 66; *; 16; p:E 200,E 300,E 350,E 450 d:E 200 d,E 220 d,E 300 d x:E 300 e
      S-Class; 91-; s; p,d,x; 125; *; 3; p:S 450,S 500,S 580 d:S 350 d,S 400 d
      CLA; 13-; s,w; p,d,x; 43; *; 8; p:CLA 180,CLA 200,CLA 250 d:CLA 200 d,CLA 220 d
      CLK; 97-09; c,v; p,d; 46; *; 2; p:CLK 200,CLK 320,CLK 350 d:CLK 220 CDI,CLK 320 CDI
      CLS; 04-23; s; p,d; 78; *; 1; p:CLS 350,CLS 450,CLS 550 d:CLS 350 d
      GLA; 13-; u; p,d,x; 42; *; 8; p:GLA 180,GLA 200,GLA 250 d:GLA 200 d,GLA 220 d
      GLB; 19-; u; p,d; 47; *; 4; p:GLB 200,GLB 250 d:GLB 200 d,GLB 220 d
      GLC; 15-; u; p,d,x; 59; *; 12; p:GLC 200,GLC 250,GLC 300 d:GLC 220 d,GLC 300 d x:GLC 300 e
      GLE; 15-; u; p,d,x; 85; *; 6; p:GLE 350,GLE 450 d:GLE 300 d,GLE 350 d,GLE 400 d
      GLS; 15-; u; p,d; 105; *; 2; p:GLS 450,GLS 580 d:GLS 350 d,GLS 400 d
      GLK; 08-15; u; p,d; 46; *; 3; p:GLK 300,GLK 350 d:GLK 220 CDI,GLK 320 CDI
      M-Class; 97-15; u; p,d; 62; *; 3; p:ML 320,ML 350,ML 500 d:ML 280 CDI,ML 320 CDI
      G-Class; 90-; u; p,d; 145; *; 1; p:G 500,G 550 d:G 350 d,G 400 d
      SL; 90-; v; p; 118; *; 1; p:SL 350,SL 500,SL 550
      SLK; 96-16; v; p,d; 47; *; 2; p:SLK 200,SLK 250,SLK 350
      SLC; 16-20; v; p; 50; *; 1; p:SLC 180,SLC 200,SLC 300
      AMG GT; 15-; c; p; 150; *; 0.6
      V-Class; 14-; m; d; 66; D G I F; 3; d:V 220 d,V 250 d,V 300 d
      Vito; 96-; b; d; 44; D G I F; 3; d:110 CDI,114 CDI,116 CDI
      Sprinter; 95-; b; d; 52; *; 3; d:311 CDI,314 CDI,316 CDI
      Citan; 12-; b; d,p; 28; D G I F; 1
      X-Class; 17-20; t; d; 46; D G I F; 1; d:X 220 d,X 250 d
      EQA; 21-; u; e; 51; D G I F; 2
      EQB; 21-; u; e; 54; *; 1
      EQC; 19-23; u; e; 68; D G I F; 1
      EQE; 22-; s; e; 76; *; 1
      EQS; 21-; s; e; 112; *; 1
    `,
  },
  {
    name: 'Audi',
    wmi: { us: 'WAU WA1', eu: 'WAU TRU' },
    share: [1.8, 8.5, 6.5, 4.5, 4],
    trims: { us: 'Premium|Premium Plus|Prestige|S line', eu: 'Attraction|Sport|Design|S line' },
    engines: { petrol: 'TFSI', diesel: 'TDI', plug_in_hybrid: 'TFSI e' },
    models: `
      A1; 10-; h; p,d; 26; D G I F; 10
      A2; 99-05; h; p,d; 24; D G I F; 1
      A3; 96-; h,s; p,d,x; 35; *; 20
      A4; 94-; s,w; p,d; 46; *; 22
      A5; 07-; c,v,s; p,d; 53; *; 7
      A6; 94-; s,w; p,d,x; 62; *; 14
      A7; 10-; s; p,d,x; 78; *; 2
      A8; 94-; s; p,d; 108; *; 2
      Q2; 16-; u; p,d; 33; D G I F; 6
      Q3; 11-; u; p,d,x; 42; *; 11
      Q4 e-tron; 21-; u; e; 53; *; 3
      Q5; 08-; u; p,d,x; 56; *; 12
      Q7; 05-; u; d,p,x; 82; *; 5
      Q8; 18-; u; d,p,x; 92; *; 2
      TT; 98-23; c,v; p,d; 47; *; 3
      R8; 07-24; c,v; p; 180; *; 0.5
      S3; 99-; h,s; p; 54; *; 2
      S4; 97-; s,w; p,d; 68; *; 1
      S5; 07-; c,s; p,d; 72; *; 1
      RS3; 11-; h,s; p; 70; D G I F U; 0.7
      RS4; 00-; w; p; 96; D G I F; 0.4
      RS6; 02-; w; p; 140; *; 0.5
      e-tron; 18-23; u; e; 78; *; 2
      e-tron GT; 21-; s; e; 112; *; 0.6
      Allroad; 99-; w; p,d; 60; *; 2
    `,
  },
  {
    name: 'Opel',
    wmi: { eu: 'W0L W0V' },
    share: [0, 7, 0, 3.5, 3.5],
    trims: { eu: 'Selection|Edition|Elegance|Cosmo|GS Line|Ultimate' },
    engines: { petrol: 'Turbo', diesel: 'CDTI', plug_in_hybrid: 'Hybrid' },
    retention: 0.94,
    models: `
      Adam; 13-19; h; p,l; 16; D I F; 5
      Agila; 00-14; h; p,d; 12; D I F; 3
      Ampera; 11-16; h; x; 42; D F; 1
      Antara; 06-15; u; d,p; 30; D I F; 2
      Astra; 91-; h,w; p,d,x,c; 28; D I F; 28
      Cascada; 13-19; v; p,d; 32; D F; 1
      Combo; 01-; b,m; d,p; 25; D I F; 4
      Corsa; 93-; h; p,d,e; 21; D I F; 25
      Crossland; 17-24; u; p,d; 25; D I F; 6
      Frontera; 92-04; u; p,d; 26; D I F; 1
      Grandland; 17-; u; p,d,x; 35; D I F; 7
      Insignia; 08-22; s,w; p,d; 37; D I F; 9
      Karl; 15-19; h; p; 12; D I; 3
      Meriva; 03-17; m; p,d; 20; D I F; 6
      Mokka; 12-; u; p,d,e; 26; D I F; 9
      Omega; 94-03; s,w; p,d; 34; D; 1
      Signum; 03-08; h; p,d; 30; D; 0.5
      Tigra; 94-09; c,v; p; 19; D I; 1
      Vectra; 95-08; s,w; p,d; 27; D I F; 3
      Vivaro; 01-; b; d,e; 36; D I F; 2
      Zafira; 99-19; m; p,d,c; 29; D I F; 8
    `,
  },
  {
    name: 'Porsche',
    wmi: { us: 'WP0 WP1', eu: 'WP0 WP1' },
    share: [0.5, 1.4, 1.2, 0.6, 0.6],
    trims: { us: 'Base|S|4S|GTS|Turbo', eu: 'Basis|S|4S|GTS|Turbo' },
    rearDriven: true,
    retention: 1.28,
    models: `
      911; 90-; c,v; p; 132; *; 14
      718 Boxster; 16-; v; p; 74; *; 3
      718 Cayman; 16-; c; p; 70; *; 3
      Boxster; 96-16; v; p; 60; *; 4
      Cayman; 05-16; c; p; 64; *; 3
      Cayenne; 02-; u; p,d,x; 98; *; 14
      Macan; 14-; u; p,d,e; 76; *; 14
      Panamera; 09-; s; p,d,x; 112; *; 5
      Taycan; 19-; s; e; 106; *; 4
      944; 82-91; c; p; 52; D G U; 0.3
    `,
  },
  {
    name: 'MINI',
    wmi: { us: 'WMW', eu: 'WMW' },
    share: [0.5, 2, 2.8, 1.8, 1.6],
    trims: { us: 'Classic|Signature|Iconic|John Cooper Works', eu: 'Classic|Essential|Favoured|John Cooper Works' },
    models: `
      Cooper; 01-; h,v; p,d,e; 28; *; 20
      One; 01-; h; p,d; 22; D G I F; 6
      Clubman; 07-24; w; p,d; 32; *; 5
      Countryman; 10-; u; p,d,x; 37; *; 9
      Paceman; 12-16; c; p,d; 29; *; 1
      Aceman; 24-; u; e; 36; D G I F; 1
    `,
  },
  {
    name: 'smart',
    wmi: { us: 'WME', eu: 'WME HES' },
    share: [0.1, 1.8, 0.5, 3, 1.2],
    trims: { us: 'Pure|Passion|Prime', eu: 'Pure|Passion|Prime|Brabus' },
    models: `
      fortwo; 98-24; c,v; p,e,d; 15; *; 20
      forfour; 04-21; h; p,e; 16; D G I F; 5
      roadster; 03-05; v; p; 20; D G I; 0.6
      #1; 22-; u; e; 40; D G I F; 2
      #3; 23-; u; e; 44; D G I F; 1
    `,
  },
  {
    name: 'Alpina',
    wmi: { eu: 'WAP' },
    share: [0, 0.12, 0.05, 0, 0],
    trims: { eu: 'Basis|Allrad' },
    rearDriven: true,
    retention: 1.15,
    models: `
      B3; 99-; s,w; p; 92; D G; 3
      D3; 06-; s,w; d; 80; D G; 3
      B5; 05-; s,w; p; 125; D G; 2
      D5; 11-; s,w; d; 98; D G; 2
      XD3; 13-; u; d; 96; D G; 2
    `,
  },
];
