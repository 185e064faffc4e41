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
      iX; 21-; u; e; 86; *; 1; e:xDrive40,xDrive50,M60
      iX3; 20-; u; e; 68; D G I F; 1
    `,
  },
];
