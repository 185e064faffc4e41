/** See ../../cars/parse.ts for the notation. */
export const german = `
=Volkswagen; VW, V W, Volkswagon, Volkswagen VW, VW Volkswagen, Volks Wagen, Volkswagen Nutzfahrzeuge, VW Nutzfahrzeuge, VWN, Volkswagen PKW, Vauxwagen, Volkswagen Commercial Vehicles, Wolkswagen, Folkswagen, Volkwagen, Volksvagen
@[1-3]?[bkjtefgmpnl]\\d?|b[3-9]|mk\\d|[1-6]k|a[1-6]|3[bcg]|1[jkg]|5[kngm]|6[nrxc]|7[nhlp]|9n3?|aw|cd1|au
Golf#: Rabbit, Golf Variant+, Golf GTI+, Golf R+, Golf GTE+, Golf GTD+, Golf TDI+, Golf Cabriolet+, Golf Cabrio+, Golf Estate+, Golf SportWagen+, Golf Alltrack+, Golf Limousine+, Golf Kombi+, e-Golf+, Cross Golf+, GTI~+, Golf R32+, R32~+, Golf Variante+, Golf Wagon+, Golf GT+, Golf S+, Golf SE+, Golf Match+, Cabrio~, Golf VR6+, Golf Country+, GTD~+, GTE~+, Golf ClubSport+, Goolf, Gol f
Golf Plus: GolfPlus, Cross Golf Plus
Golf Sportsvan: Golf SV, Sportsvan, GolfSportsvan
Polo#: Polo GTI+, Polo Cross+, Cross Polo+, Polo Variant+, Polo Classic+, Polo Fox+, Vento Polo
Passat#: Passat Variant+, Passat Alltrack+, Passat Limousine+, Passat Estate+, Passat GTE+, Passat Kombi+, Passat Wagon+, Passat Lim+, Passsat
Passat CC: CC, VW CC, PassatCC
Tiguan#: Tiguan R+, Tiguan Limited+
Tiguan Allspace: Allspace, Tiguan LWB
Touareg#: Touareg R+, Tuareg
Touran#: Cross Touran+, Turan
Sharan#
Up: Up!, E-Up+, E-Up!+, Up GTI+, Cross Up+, eco up+, move up+, high up+, take up+, white up+, black up+, load up+
T-Roc: T Roc R+, TRoc Cabriolet+
T-Cross: T Cross R-Line+
Taigo: Nivus
Arteon: Arteon Shooting Brake+, Arteon R+
Jetta#: Jetta GLI+, GLI~+, Jetta SportWagen+, Jetta Hybrid+, Jetta Wagon+
Beetle: New Beetle, The Beetle, Beetle Cabriolet+, New Beetle Cabriolet+, Beetle Convertible+, New Beetle Convertible+, Maggiolino, Coccinelle 2012, Super Beetle+, Beetle Dune+, Kever, Escarabajo
Käfer: Kaefer, Coccinelle, Bug
Scirocco#: Scirocco R+, Sirocco
Eos
Fox
Bora: Bora Variant+
Vento
Lupo: Lupo GTI+, Lupo 3L+
Phaeton
Corrado: Corado
Derby
Santana
Karmann Ghia: Karmann, KarmannGhia
Caddy#: Caddy Maxi+, Caddy Life+, Caddy Maxi Life+, Caddy Kombi+, Caddy Kasten+, Caddy Cargo+, Caddy Kastenwagen+, Caddy California+
Transporter: T1~+, T2~+, T3~+, T4~+, T5~+, T6~+, T6.1~+, T5 Transporter+, T6 Transporter+, T6.1 Transporter+, T4 Transporter+, T3 Transporter+, T5 Kombi+, T6 Kombi+, T6.1 Kombi+, Transporter Kombi+, Transporter Shuttle+, Shuttle, T5 Shuttle+, T6 Shuttle+, Transporter T5+, Transporter T6+, Transporter T6.1+, Transporter T4+, Bulli, Kombi~+, Vanagon, Transporter T28+, Transporter T30+, Transporter T32+, Microbus, Bus, Westfalia
Multivan: T5 Multivan+, T6 Multivan+, T6.1 Multivan+, T7 Multivan+, Multivan T5+, Multivan T6+, Multivan T6.1+, Multivan T7+, T4 Multivan+, Multi van, T7~+
Caravelle: T5 Caravelle+, T6 Caravelle+, T6.1 Caravelle+, T4 Caravelle+, Caravelle T5+, Caravelle T6+, Eurovan
California: T5 California+, T6 California+, T6.1 California+, California Beach+, California Ocean+, California Coast+, T4 California+, T7 California+
Grand California
Crafter: Crafter 35+, Crafter Kasten+
LT: LT 28, LT 35, LT 46, LT28, LT35
Amarok: Amarock
ID.3: ID3, ID 3, I.D.3, ID. 3
ID.4: ID4, ID 4, ID.4 GTX+, ID. 4
ID.5: ID5, ID 5, ID.5 GTX+
ID.6: ID6
ID.7: ID7, ID 7, ID.7 Tourer+
ID.Buzz: ID Buzz, IDBuzz, ID. Buzz, I.D. Buzz, ID. Buzz Cargo+, ID.Buzz Cargo+
Atlas
Atlas Cross Sport
Taos: Tharu
Routan
Tayron
Gol
Pointer
Saveiro
Thing: Type 181, Kuebelwagen
Type 3: Typ 3, 1600 TL
Iltis
Parati

=BMW; B M W, Bayerische Motoren Werke, BMW AG
@[efguz]\\d\\d(?:lci)?|lci|gen\\d
1 Series: 1er, Serie 1, Série 1, Seria 1, 1-Serie, 1er Reihe, 1 serie, 1 Series Hatchback+, 1 Series Coupe+, 1 Series Convertible+, 1er M Coupe+, 1 Series M+, 1M+
2 Series: 2er, Serie 2, Série 2, Seria 2, 2-Serie, 2 Series Gran Coupe+, 2 Series Coupe+, 2er Gran Coupe+, 2er Coupe+, 2er Cabrio+
2 Series Active Tourer: 2er Active Tourer, Active Tourer~, Serie 2 Active Tourer, Série 2 Active Tourer, Series 2 Active Tourer, 2 Active Tourer, 2-serie Active Tourer, 2 Series AT
2 Series Gran Tourer: 2er Gran Tourer, Gran Tourer~, Serie 2 Gran Tourer, Série 2 Gran Tourer, 2 Gran Tourer, 2-serie Gran Tourer
3 Series: 3er, Serie 3, Série 3, Seria 3, 3-Serie, 3er Reihe, 3 Series Touring+, 3er Touring+, 3er Limousine+, 3 Series Sedan+, 3 Series Saloon+, 3er Compact+, 3er Cabrio+, 3er Coupe+, 3 Compact+, Series 3, 3 Series Sports Wagon+, ActiveHybrid 3+
3 Series Gran Turismo: 3er Gran Turismo, 3er GT, 3 Series GT, Serie 3 GT, Serie 3 Gran Turismo, Série 3 Gran Turismo, 3 Gran Turismo
4 Series: 4er, Serie 4, Série 4, Seria 4, 4-Serie, 4 Series Gran Coupe+, 4er Gran Coupe+, 4er Coupe+, 4er Cabrio+, 4 Series Convertible+, 4 Series Coupe+, 4 Gran Coupe+
5 Series: 5er, Serie 5, Série 5, Seria 5, 5-Serie, 5er Reihe, 5 Series Touring+, 5er Touring+, 5er Limousine+, 5 Series Saloon+, 5 Series Sedan+, Series 5, ActiveHybrid 5+
5 Series Gran Turismo: 5er Gran Turismo, 5er GT, 5 Series GT, Serie 5 GT, Serie 5 Gran Turismo, 5 Gran Turismo, Série 5 Gran Turismo
6 Series: 6er, Serie 6, Série 6, Seria 6, 6-Serie, 6 Series Gran Coupe+, 6er Gran Coupe+, 6er Coupe+, 6er Cabrio+, 6 Series Convertible+
6 Series Gran Turismo: 6er Gran Turismo, 6er GT, 6 Series GT, Serie 6 GT, Serie 6 Gran Turismo, 6 Gran Turismo
7 Series: 7er, Serie 7, Série 7, Seria 7, 7-Serie, 7er Reihe, ActiveHybrid 7+, Series 7
8 Series: 8er, Serie 8, Série 8, Seria 8, 8-Serie, 8 Series Gran Coupe+, 8er Gran Coupe+, 8er Coupe+, 8er Cabrio+
X1: X 1, BMW X1
X2: X 2
X3: X 3, X3 M+, X3M+
X4: X 4, X4 M+, X4M+
X5: X 5, X5 M+, X5M+
X6: X 6, X6 M+, X6M+, ActiveHybrid X6+
X7: X 7
XM
Z1: Z 1
Z3: Z 3, Z3 M+, Z3 Roadster+, Z3 Coupe+
Z4: Z 4, Z4 M+, Z4 Roadster+, Z4 Coupe+
Z8: Z 8
M2: M 2, M2 Competition+, M2 Coupe+, M2 CS+
M3: M 3, M3 Competition+, M3 Touring+, M3 CS+, M3 CSL+
M4: M 4, M4 Competition+, M4 CSL+, M4 GTS+
M5: M 5, M5 Competition+, M5 CS+
M6: M 6, M6 Gran Coupe+
M8: M 8, M8 Competition+, M8 Gran Coupe+
M1
i3: i3s+, i3 94Ah+, i3 120Ah+
i4: i4 M50+, i4 eDrive40+
i5: i5 Touring+
i7
i8: i8 Roadster+
iX: iX xDrive40+, iX xDrive50+, iX M60+
iX1: iX 1
iX2
iX3: iX 3
2002: 2002 tii+, 2002 turbo+, 02
1602: 1502, 1802
Isetta
E9: 3.0 CS, 3.0 CSL, 2800 CS, 3.0 CSi
Mini > MINI
Mini One > MINI
Mini Cooper > MINI

=Alpina; BMW Alpina, Alpina BMW
B3
B4
B5
B6
B7
B8
B10
B12
D3
D4
D5
D10
XB7
XD3
XD4
Roadster S: Roadster
B9

=MINI; !Mini, Mini BMW, BMW Mini, Cooper Mini
@[fru]\\d\\d|gen ?\\d
Hatch: Hatchback+, Hardtop, Hardtop 2 Door+, Hardtop 4 Door+, Mini Hatch, Mini Hatchback, 3-Türer+, 5-Türer+, Cooper~+, Cooper S~+, Cooper D~+, Cooper SD~+, Cooper SE~+, One~+, One D~+, One First~+, John Cooper Works~+, JCW~+, Cooper Hardtop+, Cooper SE Hardtop+, Electric~+, Mini Cooper~+, Cooper Electric~+, Cooper E~+, Seven~+, Park Lane~+, First~+, One Seven~+, Cooper C~+, Works~+, 3-door+, 5-door+, 3-Door Hatch+, 5-Door Hatch+, Baker Street~+, Hatch Cooper+, Mini~, Hatch Cooper S+, Hatch One+
Countryman: Cooper Countryman+, Cooper S Countryman+, Country Man, Cooper SE Countryman+, Cooper S E Countryman+, Cooper D Countryman+, One Countryman+
Clubman: Cooper Clubman+, Cooper S Clubman+, Club man, One Clubman+, Cooper D Clubman+
Clubvan
Paceman: Cooper Paceman+, Cooper S Paceman+
Convertible: Cabrio, Cabriolet, Cooper Cabrio+, Cooper S Cabrio+, Cooper Convertible+, Cooper S Convertible+, One Cabrio+, One Convertible+, Cooper Cabriolet+, Cooper S Cabriolet+
Coupe: Coupé, Cooper Coupe+, Cooper S Coupe+
Roadster: Cooper Roadster+, Cooper S Roadster+
Aceman
Classic Mini: Mini 1000, Mini 850, 1000, 1300, Austin Mini, Mini Mayfair, Morris Mini, Rover Mini, Mini 1275 GT, Mini Moke, Cooper 1300

=Audi; Audi AG, Audi Sport, Quattro GmbH, Audi
@[bcd][1-9]|8[lpvynjs][a-z]?|4[befghklmn]\\d?|f[2-9]|8[tfwuxr]|8[dkhe]|8[cgk]|d[2-5]|gb
A1: A 1, A1 Sportback+, A1 Citycarver+, A1 allstreet+
A2: A 2
A3: A 3, A3 Sportback+, A3 Limousine+, A3 Cabriolet+, A3 Cabrio+, A3 e-tron+, A3 Sportback e-tron+, A3 Saloon+, A3 Sedan+
A4: A 4, A4 Avant+, A4 Limousine+, A4 Cabriolet+, A4 Saloon+, A4 allroad+, A4 allroad quattro+, A4 Cabrio+, A4 Sedan+
A5: A 5, A5 Sportback+, A5 Coupe+, A5 Cabriolet+, A5 Cabrio+, A5 Avant+
A6: A 6, A6 Avant+, A6 Limousine+, A6 Saloon+, A6 allroad+, A6 allroad quattro+, Allroad~+, Allroad quattro~+
A6 e-tron: A6 Avant e-tron, A6 Sportback e-tron
A7: A 7, A7 Sportback+
A8: A 8, A8 L+, A8L+
Q2: Q 2
Q3: Q 3, Q3 Sportback+
Q4 e-tron: Q4, Q4 Sportback e-tron+, Q4 e-tron Sportback+, Q4 Sportback+, Q4etron
Q5: Q 5, Q5 Sportback+, Q5 e+
Q6 e-tron: Q6, Q6 Sportback e-tron+, SQ6 e-tron+, SQ6+
Q7: Q 7, Q7 e-tron+
Q8: Q 8
Q8 e-tron: Q8 Sportback e-tron+, SQ8 e-tron+, Q8 e-tron Sportback+
e-tron: etron, e-tron Sportback+, e-tron S+, e-tron S Sportback+, e-tron quattro+, e-tron 50+, e-tron 55+
e-tron GT: etron GT, RS e-tron GT+, S e-tron GT+
TT: TT Coupe+, TT Roadster+, TTS+, TT S+, TT RS+, TTRS+
R8: R 8, R8 Spyder+, R8 Coupe+
S1: S1 Sportback+
S3: S 3, S3 Sportback+, S3 Limousine+
S4: S 4, S4 Avant+
S5: S 5, S5 Sportback+, S5 Cabriolet+
S6: S 6, S6 Avant+, S6 e-tron+
S7: S 7, S7 Sportback+
S8: S 8
RS2: RS 2
RS3: RS 3, RS3 Sportback+, RS 3 Sportback+, RS3 Limousine+
RS4: RS 4, RS4 Avant+, RS 4 Avant+
RS5: RS 5, RS5 Sportback+, RS5 Coupe+
RS6: RS 6, RS6 Avant+, RS 6 Avant+
RS7: RS 7, RS7 Sportback+
RS Q3: RSQ3, RS Q3 Sportback+
RS Q8: RSQ8
SQ2: SQ 2
SQ5: SQ 5, SQ5 Sportback+
SQ7: SQ 7
SQ8: SQ 8
50
60
80: Audi 80
90
100: Audi 100
200
V8
Cabriolet: Cabrio
Coupe: Coupé
Quattro: Ur-Quattro, Urquattro
Allroad Quattro > Audi/A6

=Mercedes-Benz; Mercedes, MB, M-B, Benz, Mercedes Benz, MercedesBenz, Mercedes-AMG, Mercedes AMG, AMG Mercedes, Mercedes-Maybach, Mercedes Maybach, Mercedez, Mercedes-Benz AMG, Mercedes-EQ, Mercedes EQ, Mercedes-Benz Cars, Mercedes-Benz Vans, Merc, Merceds, Mersedes, Mercedez-Benz, Daimler-Benz, Mercades, Mercedes-Benz Maybach, !AMG
@w\\d{3}|[scavxr](?:20[2-6]|21[0-4]|22[123]|238|236|207|208|209|218|219|257|117|118|17[67]|16[467]|24[67]|29[2-7]|25[34]|167|463|447|639|638|140|126|124|129|23[01]|17[0-2])|cl203|c117|c118|x117|bm ?\\d{3}|z223|h247|n293|mopf|vormopf
A-Class: A-Klasse, A Klasse, A Class, Classe A, Clase A, Klasa A, A-Klass, A, A-Class Saloon+, A-Class Hatchback+, A-Klasse Limousine+, A-Klasse Kompaktlimousine+, A Limousine+, A-Class Sedan+
B-Class: B-Klasse, Classe B, Clase B, Klasa B, B, B Sports Tourer+, B-Klasse Sports Tourer+
C-Class: C-Klasse, Classe C, Clase C, Klasa C, C, C-Class Estate+, C-Class Saloon+, C-Class Coupe+, C-Klasse T-Modell+, C-Klasse Limousine+, C-Class Cabriolet+, C T-Modell+, C Limousine+, C-Klasse Coupe+, C-Klasse Cabriolet+, C Coupe+, C-Klasse Sportcoupe+, C Sportcoupe+, C All-Terrain+
E-Class: E-Klasse, Classe E, Clase E, Klasa E, E, E-Class Estate+, E-Class Saloon+, E-Class Coupe+, E-Klasse T-Modell+, E-Klasse Limousine+, E-Class Cabriolet+, E T-Modell+, E Limousine+, E-Klasse Coupe+, E-Klasse Cabriolet+, E-Class All-Terrain+, E All-Terrain+
S-Class: S-Klasse, Classe S, Clase S, Klasa S, S, S-Class Coupe+, S-Klasse Coupe+, S-Klasse Cabriolet+, S-Class Cabriolet+, S-Klasse lang+, Maybach S-Class+, Maybach S-Klasse+, Maybach~+, Maybach S+
G-Class: G-Klasse, Classe G, Clase G, Klasa G, G, G-Wagon, G Wagen, G Wagon, G-Wagen, Geländewagen
V-Class: V-Klasse, Classe V, Clase V, Klasa V, V, V-Klasse Marco Polo+, Marco Polo~+, V Marco Polo+
R-Class: R-Klasse, Classe R, Clase R, R
X-Class: X-Klasse, Classe X, Clase X, X
T-Class: T-Klasse, Classe T, Clase T, T
M-Class: M-Klasse, ML-Class, ML-Klasse, ML, ML Class, Classe M, Clase M, Classe ML, Clase ML, Klasa ML, M Class
CLA: CLA-Class, CLA-Klasse, CLA Class, Classe CLA, Clase CLA, CLA Coupe+, CLA Shooting Brake+, CLA-Klasse Shooting Brake+, CLA-Class Shooting Brake+, Klasa CLA
CLS: CLS-Class, CLS-Klasse, Classe CLS, Clase CLS, CLS Shooting Brake+, CLS Coupe+, CLS-Klasse Shooting Brake+, CLS-Class Shooting Brake+
CLC: CLC-Class, CLC-Klasse, Classe CLC
CLK: CLK-Class, CLK-Klasse, Classe CLK, Clase CLK, CLK Cabrio+, CLK Coupe+
CLE: CLE-Class, CLE-Klasse, Classe CLE, CLE Coupe+, CLE Cabriolet+
CL: CL-Class, CL-Klasse, Classe CL, Clase CL
SL: SL-Class, SL-Klasse, Classe SL, Clase SL, SL Roadster+
SLK: SLK-Class, SLK-Klasse, Classe SLK, Clase SLK, SLK Roadster+
SLC: SLC-Class, SLC-Klasse, Classe SLC
SLR McLaren: SLR, SLR-McLaren
SLS AMG: SLS, SLS-Class, SLS-AMG
AMG GT: GT, AMG GT S+, AMG GT C+, AMG GT R+, AMG GT 4-Door+, AMG GT 4-Türer+, GT S+, GT 43+, GT 53+, GT 63+, AMG GT 43+, AMG GT 53+, AMG GT 63+, GT C+, GT R+, AMG GT Coupe+, AMG GT 63 S+, GT 4-Türer+, GT-Klasse, AMG GT-Klasse
AMG ONE
GLA: GLA-Class, GLA-Klasse, Classe GLA, Clase GLA, Klasa GLA
GLB: GLB-Class, GLB-Klasse, Classe GLB, Clase GLB
GLC: GLC-Class, GLC-Klasse, Classe GLC, Clase GLC, GLC Coupe+, GLC-Class Coupe+, GLC-Klasse Coupe+, Klasa GLC
GLE: GLE-Class, GLE-Klasse, Classe GLE, Clase GLE, GLE Coupe+, GLE-Class Coupe+, GLE-Klasse Coupe+, Klasa GLE
GLS: GLS-Class, GLS-Klasse, Classe GLS, Clase GLS, Maybach GLS+
GLK: GLK-Class, GLK-Klasse, Classe GLK, Clase GLK
GL: GL-Class, GL-Klasse, Classe GL, Clase GL
EQA: EQ A
EQB: EQ B
EQC: EQ C
EQE: EQ E, AMG EQE+
EQE SUV: EQE-SUV
EQS: EQ S
EQS SUV: EQS-SUV
EQV: EQ V
EQT
190: 190 D+, 190 E+, 190E+, 190D+, 190er, W201
Vito: Vito Tourer+, Vito Kasten+, Vito Mixto+, eVito+, e-Vito+, Vito Kombi+
Viano
Vaneo
Citan: eCitan+, Citan Tourer+
Sprinter: Sprinter Van+, eSprinter+, Sprinter 2500+, Sprinter 3500+, Sprinter 1500+, Sprinter Cargo+, Sprinter Kasten+, Sprinter Tourer+
Metris: Metris Cargo+
MB 100: MB100
Valente
200: 200 D+, 200 E+, 200 T+, 200 TE+, 200D+, 200E+, 200 CE+
220: 220 E+, 220 D+, 220 CE+, 220 TE+, 220D+, 220 S+, 220 SE+, 220 SEb+
230: 230 E+, 230 TE+, 230 CE+, 230E+, 230CE+, 230 SL+, 230SL+, 230 C+
240: 240 D+, 240D+, 240 TD+
250: 250 D+, 250 TD+, 250D+, 250 SL+, 250 SE+, 250 CE+, 250 TDI+
260: 260 E+, 260 SE+, 260E+
280: 280 E+, 280 SE+, 280 SL+, 280 CE+, 280 TE+, 280 S+, 280 SEL+, 280SL+, 280SE+, 280 SLC+, 280 GE+
300: 300 D+, 300 E+, 300 TD+, 300 CE+, 300 TE+, 300 SL+, 300 SE+, 300 SEL+, 300E+, 300SL+, 300D+, 300CE+, 300 TDT+, 300 GD+, 300SE+, 300SD+, 300 SD+, 300TD+, 300 GE+, 300 SLR+
320: 320 E+, 320 CE+, 320 SL+, 320 TE+
350: 350 SL+, 350 SLC+, 350 SE+, 350SL+, 350SD+, 350 SDL+
380: 380 SL+, 380 SE+, 380 SEL+, 380SL+, 380 SEC+, 380SEL+
400: 400 E+, 400 SE+, 400 SEL+, 400E+
420: 420 SE+, 420 SEL+, 420 SEC+, 420 SL+, 420 E+, 420SEL+
450: 450 SL+, 450 SLC+, 450 SEL+, 450SL+, 450 SE+, 450SLC+, 450SEL+
500: 500 E+, 500 SL+, 500 SE+, 500 SEL+, 500 SEC+, 500SL+, 500E+, 500SEC+, 500SEL+
560: 560 SL+, 560 SEC+, 560 SEL+, 560 SE+, 560SL+, 560SEC+, 560SEL+
600: 600 SEL+, 600 SL+, 600 SEC+, 600SL+, 600SEC+, 600SEL+
170: 170 V+, 170 S+, 170S+, 170V+
Ponton: 180, 180 D, 180D, 180 Ponton

=Maybach
57
62
Pullman

=Smart; !Smart, smart EQ, Mercedes Smart, Smart Mercedes
@45[0-4]|w45[0-4]|c45[0-4]|a45[0-4]|w451
fortwo: for two, city-coupé, city coupe, smart fortwo, fortwo coupe+, fortwo cabrio+, EQ fortwo+, city-cabrio+, city-coupé/city-cabrio, fortwo electric drive+, Fortwo Cabriolet+, Cabrio~, Coupe~, for-two, mhd~+, Passion~+, Pulse~+, pure~+, Electric Drive~+, fortwo BRABUS+, Smart Fortwo, EQ~+, CityCoupe, CityCabrio, For Two Coupe+
forfour: for four, EQ forfour+, for-four, forfour BRABUS+
roadster: roadster-coupe+, roadster coupe+
crossblade
brabus
#1: 1, Hashtag One, Hashtag 1
#3: 3, Hashtag Three
#5: 5

=Porsche; Porche, Porshe, Porsch
@9(?:30|64|9[1-7])|98[1267]
911: 911 Carrera+, 911 Turbo+, 911 Targa+, Carrera~+, 911 GT3+, 911 GT2+, GT3~+, GT2~+, 911 Carrera S+, 991+, 992+, 993+, 964+, 996+, 997+, 930+, 911 Speedster+, 911 SC+, 911 T+, 911 E+, 911 S+, Targa~+, 911 Dakar+, GT2 RS~+, GT3 RS~+, 911 Carrera 4S+, 911 Urmodell+, 911 G-Modell+
912
914
918 Spyder: 918
924
928
944
968
356: 356 A+, 356 B+, 356 C+, 356 Speedster+
959
550: 550 Spyder
Boxster: Boxter, 986+, 987~+, Boxster S+, Boxster Spyder+, 718 Boxster+, 718 Spyder+, 981~+, Boxster GTS+
Cayman: 718 Cayman+, Cayman S+, Cayman GT4+, Cayman R+, Cayman GTS+, GT4~+, 718 Cayman GT4+
718: 718~
Cayenne: Cayenne Coupe+, Cayenne S+, Cayenne Turbo+, Cayenne GTS+, Cayenne E-Hybrid+, Cayenne Diesel+, Cayanne
Macan: Macan S+, Macan GTS+, Macan Turbo+, Macan Electric+
Panamera: Panamera 4S+, Panamera Sport Turismo+, Panamera 4+, Panamera Turbo+, Panamera 4 E-Hybrid+
Taycan: Taycan 4S+, Taycan Cross Turismo+, Taycan Sport Turismo+, Taycan Turbo+
Carrera GT

=Opel; Opel PKW, Opl
@[a-gj-l]|mk\\d
Corsa#: Corsa-e+, Corsa OPC+, Corsa GSi+, e-Corsa+, Corsavan+, Corsa Electric+
Astra#: Astra Sports Tourer+, Astra Caravan+, Astra GTC+, Astra TwinTop+, Astra Kombi+, Astra OPC+, Astra ST+, GTC~+, Astra Classic+, Astra Electric+
Insignia#: Insignia Sports Tourer+, Insignia Country Tourer+, Insignia Grand Sport+, Insignia OPC+, Insignia ST+, Insignia GSi+
Adam: Adam S+, Adam Rocks+
Agila
Ampera
Ampera-e: Ampera E
Antara
Calibra
Cascada
Combo: Combo Life+, Combo Cargo+, Combo-e+, Combo-e Life+, Combo Tour+
Crossland: Crossland X+
Frontera
Grandland: Grandland X+, Grandland GSe+, Grand Land, Grandland Hybrid+
GT
Kadett
Karl: Karl Rocks+
Manta
Meriva#
Mokka: Mokka X+, Mokka-e+, Mokka E+, Mokka Electric+
Monterey
Monza
Movano: Movano-e+
Omega: Omega Caravan+
Rekord
Rocks-e: Rocks e, Rocks Electric
Senator
Commodore
Ascona
Admiral
Diplomat
Kapitän: Kapitaen
Olympia
Signum
Sintra
Speedster
Tigra: Tigra TwinTop+
Vectra#: Vectra Caravan+
Vivaro: Vivaro-e+, Vivaro Life+, Vivaro Combi+
Zafira#: Zafira Tourer+
Zafira Life: Zafira-e Life+, Zafira e Life+
Campo
Arena
Blazer

=Borgward
Isabella
BX5
BX7
=NSU
Prinz: Prinz 4+
Ro 80: Ro80
TT
=Trabant; !Trabi
601: P601, 601 S+
1.1
=Wartburg
353: 353 W+
311
1.3
=Auto Union; DKW
1000
F102
Munga
=Wiesmann
MF3
MF4
MF5
GT
=Brabus
Rocket
=Gumpert
Apollo
=MAN; !MAN, MAN Truck & Bus, M.A.N., MAN Nutzfahrzeuge
TGE: eTGE+, TGE Kasten+, TGE Kombi+, MAN TGE
TGL
TGM
TGS
TGX
`;
