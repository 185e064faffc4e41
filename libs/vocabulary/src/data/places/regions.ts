/** `code|name|other spellings` a line; the code is the gazetteer's. Canada and the USA are called by their codes. */
export const regions: Readonly<Record<string, string>> = {
  DE: `01|Baden-Württemberg|BW,Baden Wuerttemberg,Bade-Wurtemberg
02|Bayern|BY,Bavaria,Bavière,Baviera,Beieren
03|Bremen|HB,Hansestadt Bremen
04|Hamburg|HH
05|Hessen|HE,Hesse,Assia
06|Niedersachsen|NI,Lower Saxony,Basse-Saxe
07|Nordrhein-Westfalen|NW,NRW,North Rhine-Westphalia,Nordrhein Westfalen,Northrhine-Westphalia,Rhénanie-du-Nord-Westphalie
08|Rheinland-Pfalz|RP,RLP,Rhineland-Palatinate,Rhénanie-Palatinat
09|Saarland|SL
10|Schleswig-Holstein|SH
11|Brandenburg|BB
12|Mecklenburg-Vorpommern|MV,Mecklenburg-Western Pomerania,Mecklenburg Vorpommern
13|Sachsen|SN,Saxony,Saxe
14|Sachsen-Anhalt|ST,Saxony-Anhalt,Sachsen Anhalt
15|Thüringen|TH,Thuringia,Thueringen
16|Berlin|BE`,
  AT: `01|Burgenland|Bgld
02|Kärnten|Ktn,Carinthia,Kaernten
03|Niederösterreich|NÖ,Lower Austria,Niederoesterreich
04|Oberösterreich|OÖ,Upper Austria,Oberoesterreich
05|Salzburg|Sbg
06|Steiermark|Stmk,Styria
07|Tirol|Tyrol
08|Vorarlberg|Vbg
09|Wien|Vienna`,
  CH: `AG|Aargau|Argovie
AI|Appenzell Innerrhoden|
AR|Appenzell Ausserrhoden|
BE|Bern|Berne
BL|Basel-Landschaft|Baselland,Baselland
BS|Basel-Stadt|Baselstadt
FR|Fribourg|Freiburg
GE|Genève|Genf,Geneva,Ginevra
GL|Glarus|
GR|Graubünden|Grisons,Grigioni
JU|Jura|
LU|Luzern|Lucerne
NE|Neuchâtel|Neuenburg
NW|Nidwalden|
OW|Obwalden|
SG|St. Gallen|Sankt Gallen,Saint-Gall
SH|Schaffhausen|
SO|Solothurn|Soleure
SZ|Schwyz|
TG|Thurgau|Thurgovie
TI|Ticino|Tessin
UR|Uri|
VD|Vaud|Waadt
VS|Valais|Wallis
ZG|Zug|Zoug
ZH|Zürich|Zurich,Zuerich`,
  FR: `11|Île-de-France|Ile de France,IDF,Région parisienne
24|Centre-Val de Loire|Centre
27|Bourgogne-Franche-Comté|Bourgogne,Franche-Comté
28|Normandie|Normandy,Basse-Normandie,Haute-Normandie
32|Hauts-de-France|Nord-Pas-de-Calais,Picardie
44|Grand Est|Alsace,Lorraine,Champagne-Ardenne
52|Pays de la Loire|
53|Bretagne|Brittany
75|Nouvelle-Aquitaine|Aquitaine,Limousin,Poitou-Charentes
76|Occitanie|Midi-Pyrénées,Languedoc-Roussillon
84|Auvergne-Rhône-Alpes|Rhône-Alpes,Auvergne
93|Provence-Alpes-Côte d'Azur|PACA,Provence
94|Corse|Corsica`,
  IT: `01|Abruzzo|
02|Basilicata|
03|Calabria|
04|Campania|
05|Emilia-Romagna|Emilia Romagna
06|Friuli-Venezia Giulia|Friuli Venezia Giulia
07|Lazio|
08|Liguria|
09|Lombardia|Lombardy
10|Marche|
11|Molise|
12|Piemonte|Piedmont
13|Puglia|Apulia
14|Sardegna|Sardinia
15|Sicilia|Sicily
16|Toscana|Tuscany
17|Trentino-Alto Adige|Südtirol,Trentino,Alto Adige
18|Umbria|
19|Valle d'Aosta|Aosta Valley
20|Veneto|`,
  ES: `07|Islas Baleares|Baleares,Illes Balears,Balearic Islands
27|La Rioja|Rioja
29|Madrid|Comunidad de Madrid
31|Murcia|Región de Murcia
32|Navarra|
34|Asturias|
39|Cantabria|
51|Andalucía|Andalusia
52|Aragón|
53|Canarias|Islas Canarias,Canary Islands
54|Castilla-La Mancha|Castilla La Mancha
55|Castilla y León|
56|Cataluña|Catalunya,Catalonia
57|Extremadura|
58|Galicia|
59|País Vasco|Euskadi,Basque Country
60|Comunidad Valenciana|Comunitat Valenciana
CE|Ceuta|
ML|Melilla|`,
  NL: `01|Drenthe|
02|Friesland|Fryslân
03|Gelderland|
04|Groningen|
05|Limburg|
06|Noord-Brabant|North Brabant,Brabant
07|Noord-Holland|North Holland
09|Utrecht|
10|Zeeland|
11|Zuid-Holland|South Holland
15|Overijssel|
16|Flevoland|`,
  BE: `BRU|Brussel|Bruxelles,Brussels
VLG|Vlaanderen|Flanders,Flandre,Antwerpen,Oost-Vlaanderen,West-Vlaanderen,Vlaams-Brabant
WAL|Wallonie|Wallonia,Hainaut,Namur,Brabant wallon`,
  PL: `72|Dolnośląskie|Lower Silesia
73|Kujawsko-Pomorskie|
74|Łódzkie|
75|Lubelskie|
76|Lubuskie|
77|Małopolskie|
78|Mazowieckie|Mazovia
79|Opolskie|
80|Podkarpackie|
81|Podlaskie|
82|Pomorskie|
83|Śląskie|Silesia
84|Świętokrzyskie|
85|Warmińsko-Mazurskie|
86|Wielkopolskie|
87|Zachodniopomorskie|`,
  GB: `ENG|England|Greater London,Greater Manchester,West Midlands,Kent,Essex,Surrey,Hampshire,Lancashire,West Yorkshire,South Yorkshire,North Yorkshire,Merseyside,Devon,Cornwall,Norfolk,Suffolk,Cheshire,Derbyshire,Nottinghamshire,Leicestershire,Lincolnshire,Hertfordshire,Berkshire,Buckinghamshire,Oxfordshire,Somerset,Dorset,Wiltshire,Gloucestershire,East Sussex,West Sussex,Tyne and Wear,Durham,Northumberland,Cumbria,Staffordshire,Shropshire,Warwickshire,Worcestershire,Herefordshire,Northamptonshire,Bedfordshire,Cambridgeshire,Middlesex
NIR|Northern Ireland|County Antrim,County Down
SCT|Scotland|
WLS|Wales|Cymru`,
  IE: `C|Connacht|Galway,Mayo
L|Leinster|Dublin,Kildare,Meath,Wicklow
M|Munster|Cork,Kerry,Limerick
U|Ulster|Donegal,Cavan`,
  CA: `01|AB|Alberta
02|BC|British Columbia,Colombie-Britannique
03|MB|Manitoba
04|NB|New Brunswick
05|NL|Newfoundland and Labrador,Newfoundland
07|NS|Nova Scotia
08|ON|Ontario
09|PE|Prince Edward Island,PEI
10|QC|Quebec,Québec
11|SK|Saskatchewan
12|YT|Yukon
13|NT|Northwest Territories
14|NU|Nunavut`,
  US: `AL|AL|Alabama
AK|AK|Alaska
AZ|AZ|Arizona
AR|AR|Arkansas
CA|CA|California
CO|CO|Colorado
CT|CT|Connecticut
DE|DE|Delaware
DC|DC|District of Columbia,Washington DC
FL|FL|Florida
GA|GA|Georgia
HI|HI|Hawaii
ID|ID|Idaho
IL|IL|Illinois
IN|IN|Indiana
IA|IA|Iowa
KS|KS|Kansas
KY|KY|Kentucky
LA|LA|Louisiana
ME|ME|Maine
MD|MD|Maryland
MA|MA|Massachusetts
MI|MI|Michigan
MN|MN|Minnesota
MS|MS|Mississippi
MO|MO|Missouri
MT|MT|Montana
NE|NE|Nebraska
NV|NV|Nevada
NH|NH|New Hampshire
NJ|NJ|New Jersey
NM|NM|New Mexico
NY|NY|New York
NC|NC|North Carolina
ND|ND|North Dakota
OH|OH|Ohio
OK|OK|Oklahoma
OR|OR|Oregon
PA|PA|Pennsylvania
RI|RI|Rhode Island
SC|SC|South Carolina
SD|SD|South Dakota
TN|TN|Tennessee
TX|TX|Texas
UT|UT|Utah
VT|VT|Vermont
VA|VA|Virginia
WA|WA|Washington
WV|WV|West Virginia
WI|WI|Wisconsin
WY|WY|Wyoming
PR|PR|Puerto Rico`,
};

/** Codes and names of countries, as sources write them. */
export const countryNames: Readonly<Record<string, string>> = {
  DE: 'Germany,Deutschland,Allemagne,Germania,Alemania,Duitsland,Niemcy,D,GER,DEU',
  AT: 'Austria,Österreich,Autriche,Oostenrijk,A,AUT',
  CH: 'Switzerland,Schweiz,Suisse,Svizzera,Suiza,Zwitserland,Szwajcaria,CHE',
  FR: 'France,Frankreich,Francia,Frankrijk,Francja,F,FRA',
  IT: 'Italy,Italien,Italia,Italie,Włochy,I,ITA',
  ES: 'Spain,Spanien,Espagne,España,Spagna,Spanje,Hiszpania,E,ESP',
  NL: 'Netherlands,The Netherlands,Niederlande,Pays-Bas,Nederland,Holland,Paesi Bassi,Países Bajos,Holandia,NLD',
  BE: 'Belgium,Belgien,Belgique,België,Belgio,Bélgica,Belgia,B,BEL',
  PL: 'Poland,Polen,Pologne,Polonia,Polska,POL',
  GB: 'United Kingdom,UK,Great Britain,Britain,England,Scotland,Wales,Northern Ireland,Großbritannien,Vereinigtes Königreich,Royaume-Uni,GBR',
  IE: 'Ireland,Irland,Irlande,Éire,IRL,Republic of Ireland',
  US: 'United States,United States of America,USA,U.S.A.,U.S.,Vereinigte Staaten,États-Unis,America',
  CA: 'Canada,Kanada,CAN',
  LU: 'Luxembourg,Luxemburg,L,LUX,Lussemburgo',
  CZ: 'Czech Republic,Czechia,Tschechien,Česko,Czechy,CZE',
  DK: 'Denmark,Dänemark,Danmark,Danemark,DNK',
  PT: 'Portugal,PRT',
};

/** `own name=what others call it`: the gazetteer has the English name of some towns. */
export const exonyms: Readonly<Record<string, string>> = {
  DE: 'München=Munich,Monaco di Baviera,Muenchen;Köln=Cologne,Koeln,Colonia;Nürnberg=Nuremberg,Nuernberg,Norimberga;Hannover=Hanover;Frankfurt am Main=Frankfurt,Frankfurt/Main,Frankfurt a.M.,Frankfurt a. M.;Braunschweig=Brunswick;Düsseldorf=Duesseldorf;Freiburg=Freiburg im Breisgau;Halle (Saale)=Halle;Koblenz=Coblenz;Münster=Muenster;Saarbrücken=Saarbruecken;Lübeck=Luebeck;Würzburg=Wuerzburg;Göttingen=Goettingen;Tübingen=Tuebingen;Osnabrück=Osnabrueck;Gütersloh=Guetersloh;Fürth=Fuerth;Mönchengladbach=Moenchengladbach;Mülheim=Mülheim an der Ruhr;Esslingen=Esslingen am Neckar;Offenbach=Offenbach am Main;Hamm=Hamm (Westfalen);Kempten=Kempten (Allgäu);Ludwigshafen am Rhein=Ludwigshafen;Frankfurt (Oder)=Frankfurt/Oder;Rosenheim=Rosenheim, Oberbayern;Ulm=Ulm (Donau)',
  AT: 'Wien=Vienna,Vienne;Klagenfurt am Wörthersee=Klagenfurt;Sankt Pölten=St. Pölten,St Pölten',
  CH: 'Zürich=Zurich,Zuerich;Genève=Geneva,Genf,Ginevra;Luzern=Lucerne;Bern=Berne;Basel=Bâle,Basle;Sankt Gallen=St. Gallen;Biel/Bienne=Biel,Bienne;Fribourg=Freiburg;Neuchâtel=Neuenburg',
  FR: "Marseille=Marseilles;Lyon=Lyons;Strasbourg=Straßburg,Strassburg;Saint-Étienne=St Etienne,St-Etienne;Nice=Nizza",
  IT: 'Roma=Rome,Rom;Milano=Milan,Mailand;Torino=Turin;Napoli=Naples,Neapel;Firenze=Florence,Florenz;Venezia=Venice,Venedig;Genova=Genoa,Genua;Bolzano=Bozen;Padova=Padua;Mantova=Mantua;Siracusa=Syracuse;Livorno=Leghorn;Reggio nell\'Emilia=Reggio Emilia;Reggio Calabria=Reggio di Calabria;Merano=Meran;Trento=Trient',
  ES: 'Sevilla=Seville;Zaragoza=Saragossa;Palma=Palma de Mallorca;A Coruña=La Coruña,La Coruna;San Sebastián=Donostia,Donostia-San Sebastian;Vitoria-Gasteiz=Vitoria;Alicante=Alacant;Bilbao=Bilbo',
  NL: "Den Haag='s-Gravenhage,The Hague;'s-Hertogenbosch=Den Bosch,s Hertogenbosch;Almere Stad=Almere;Nijmegen=Nimwegen",
  BE: 'Brussel=Brussels,Bruxelles;Antwerpen=Antwerp,Anvers;Gent=Ghent,Gand;Brugge=Bruges,Brügge;Liège=Luik,Lüttich;Leuven=Louvain;Mechelen=Malines;Kortrijk=Courtrai;Namur=Namen;Mons=Bergen;Oostende=Ostend,Ostende;Aalst=Alost;Tournai=Doornik',
  PL: 'Warszawa=Warsaw,Warschau;Kraków=Cracow,Krakau;Wrocław=Breslau;Gdańsk=Danzig;Poznań=Posen;Szczecin=Stettin;Łódź=Lodz;Katowice=Kattowitz',
  GB: 'Newcastle upon Tyne=Newcastle;Kingston upon Hull=Hull;Stoke-on-Trent=Stoke on Trent,Stoke;Southend-on-Sea=Southend;Bury St Edmunds=Bury Saint Edmunds;St Albans=Saint Albans',
  IE: 'Gaillimh=Galway;Dublin=Baile Átha Cliath',
  US: 'New York City=New York,NYC,Manhattan;St. Louis=Saint Louis;St. Paul=Saint Paul;Fort Worth=Ft Worth,Ft. Worth;Fort Lauderdale=Ft Lauderdale,Ft. Lauderdale;St. Petersburg=Saint Petersburg;Washington=Washington DC,Washington D.C.;Los Angeles=LA;Las Vegas=Vegas;Winston-Salem=Winston Salem;Boise=Boise City;Port St. Lucie=Port Saint Lucie;San Buenaventura (Ventura)=Ventura;Urban Honolulu=Honolulu',
  CA: 'Montréal=Montreal;Québec=Quebec City,Quebec,Ville de Québec;St. John\'s=Saint Johns;Trois-Rivières=Trois Rivieres',
  CZ: 'Praha=Prague,Prag;Plzeň=Pilsen',
  DK: 'København=Copenhagen,Kopenhagen;Aarhus=Århus',
  PT: 'Lisboa=Lisbon,Lissabon;Porto=Oporto',
};
