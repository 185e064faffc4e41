/** See ../../cars/parse.ts for the notation. */
export const asian = `
=Toyota; Toyta, Toyato, Tyota, Toyota Motor, Toyoto
@mk\\d|xp\\d+|e\\d{3}|ae\\d+|xa\\d+|xv\\d+|j\\d{2,3}
4Runner: 4 Runner, Four Runner, 4Runner SR5+, 4Runner TRD+
86: GR86, GR 86
GT86: GT 86, GT-86, FT86
Allex
Allion
Alphard
Altezza
Aqua
Aristo
Aurion
Auris: Auris Touring Sports+, Auris TS+, Auris Hybrid+, Auris Kombi+
Avalon: Avalon Hybrid+
Avanza
Avensis: Avensis Combi+, Avensis Touring Sports+, Avensis Kombi+, Avensis Tourer+
Avensis Verso
Axio
Aygo
Aygo X: AygoX, Aygo X Play+
bB
Belta
Blade
Brevis
bZ4X: BZ4 X, bZ
C-HR: CHR, C HR, C-HR Hybrid+, C-HR+, C-HR GR Sport+
Caldina
Cami
Camry: Camry Hybrid+, Camry SE+
Carib
Carina: Carina E+
Celica
Celsior
Chaser
Corolla#: Corolla Touring Sports+, Corolla Hybrid+, Corolla iM+, Corolla TS+, Corolla Hatchback+, Corolla Sedan+, Corolla Combi+, Corolla Fielder+, Corolla Runx+, Corolla Kombi+, GR Corolla+, Corrolla, Corola
Corolla Cross: CorollaCross
Corolla Verso
Corolla Axio
Corona
Corsa
Cressida
Cresta
Crown: Crown Signia+
Duet
Dyna
Echo
Emina: Estima Emina, Lucida
Esquire
Estima
FJ Cruiser: FJ, FJCruiser
Fielder
Fortuner
Funcargo
Gaia
Grand Highlander
Granvia: GranAce
Grandvia
Harrier
Hiace: Hi-Ace
Highlander: Highlander Hybrid+, Kluger
Hilux#: Hi-Lux, Hilux Double Cab+, Hilux Invincible+
Hilux Surf: Surf
Innova
Ipsum
iQ
Isis
ist
Land Cruiser: Landcruiser, Land Cruiser 100+, Land Cruiser 200+, Land Cruiser 300+, Land Cruiser V8+, LandCruiser 79+, Land Cruiser 80+, Land Cruiser 70+, Land Cruiser Amazon+, Land Cruiser 250+
Land Cruiser Prado: Prado, Landcruiser Prado, Land Cruiser 150+, Land Cruiser 120+
Levin
Lite Ace: Liteace
Mark II: Mark 2, MarkII
Mark X: Markx, Mark-X
Matrix
Mirai
MR2: MR 2, MR-2, MR2 Spyder+
MR-S
Nadia
Noah
Opa
Paseo
Passo
Picnic
Platz
Porte
Premio
Previa
Prius: Prius Hybrid+, Prius Plug-in+, Prius PHV+, Prius Prime~+, Prius II+, Prius PHEV+
Prius c
Prius Prime
Prius v: Prius Alpha, Prius Alfa
Prius+: Prius Plus, Prius +
Proace: Proace Combi+, Pro Ace, Proace Electric+, Proace Max+
Proace City: Proace City Verso+
Proace Verso: Proace Verso Electric+
Probox
Progres
Ractis
Raize
Raum
RAV4: RAV 4, RAV-4, RAV4 Hybrid+, RAV4 Prime+, RAV 4 Hybrid+, RAV4 Plug-in+, RAV4 PHEV+, Rav, RAV4 EV+
Regius
Runx
Rush
SAI
Sequoia
Sera
Sienna: Sienna Hybrid+
Sienta
Soarer
Solara: Camry Solara
Spacio: Corolla Spacio
Spade
Sprinter
Starlet
Stout
Succeed
Supra: GR Supra+, Supra GR+, GR Supra 3.0+
T100: T-100
Tacoma: Tacoma TRD+, Tacoma Double Cab+, Tacoma PreRunner+, Tacoma SR5+, Taco
Tercel
Tundra: Tundra Hybrid+, Tundra i-FORCE MAX+, Tundra CrewMax+, Tundra TRD+, Tundra Double Cab+
Townace: Town Ace, Town-Ace
Toyoace
Urban Cruiser: UrbanCruiser
Vanguard
Vellfire
Venza
Verso
Verso-S: Verso S
Vios
Vista
Curren
Cynos
Trueno: Sprinter Trueno
Vitz
Voltz
Voxy
Will: Will VS
Windom
Wish
Yaris#: Yaris Hybrid+, GR Yaris+, Yaris GR+, Yaris iA+, Yaris TS+
Yaris Cross: YarisCross
Yaris Verso
Van
Pickup
Crown Hybrid
Tank
Roomy
Veloz

=Lexus
CT
ES
GS
GX
HS
IS
IS F: ISF, IS-F
LBX
LC
LFA
LM
LS
LX
NX
RC
RC F: RCF, RC-F
GS F: GSF
RX: RX L+
RZ
SC
TX
UX

=Honda; Hunda, Hodna
@e[ekmprsty]\\d|f[cdklnb]\\d?|mk\\d
Accord#: Accord Hybrid+, Accord Tourer+, Accord Aerodeck+, Accord Euro+, Accord Crosstour~+, Accord Coupe+
Airwave
Ascot
Avancier
Beat
Brio
City
Civic#: Civic Type R+, Civic Type-R+, Civic Hybrid+, Civic Si+, Civic Tourer+, Civic Coupe+, Civic Sedan+, Civic Hatchback+, Type R~+, Type-R~+, Civic Sport+
Clarity: Clarity Plug-In Hybrid+, Clarity Fuel Cell+
Concerto
CR-V#: CRV, CR V, CR-V Hybrid+
CR-X: CRX, CR X
CR-Z: CRZ, CR Z
Crossroad
Crosstour: Accord Crosstour
Crider
Del Sol: Civic Del Sol, delSol
Domani
Edix
Element
Elysion
e: Honda e, e Advance+
e:Ny1: eNy1, e Ny1
Fit: Fit Hybrid+, Fit EV+
FR-V: FRV
Freed
Grace
HR-V: HRV, HR V, HR-V Hybrid+
Insight
Inspire
Integra: Integra Type R+
Jazz#: Jazz Hybrid+, Jazz Crosstar+, Jazz e:HEV+
Legend
Life
Logo
Mobilio
N-Box
NSX
Odyssey
Orthia
Partner
Passport
Pilot: Pilot Touring+
Prelude
Prologue
Ridgeline: Ridgeline RTL+
S2000: S 2000
S660
Shuttle
Spike
Stepwgn: Stepwagon, Step Wagon
Stream
Torneo
Today
Vezel
WR-V
ZR-V: ZRV
Z

=Acura
CL
CSX
ILX
Integra: Integra Type S+
Legend
MDX: MDX Type S+, MDX Sport Hybrid+
NSX
RDX
RL
RLX: RLX Sport Hybrid+
RSX: RSX Type S+
SLX
TL: TL Type S+
TLX: TLX Type S+
TSX: TSX Sport Wagon+
Vigor
ZDX
ADX
EL

=Nissan; Datsun Nissan, Nissan Motor, Nisan, Nissian
@[jkptf]\\d{2}|mk\\d
100NX
180SX
200SX: 200 SX
240SX: 240 SX
300ZX: 300 ZX
350Z: 350 Z, Fairlady Z33
370Z: 370 Z, 370Z Nismo+, 370Z Roadster+
Z: Nissan Z, 400Z
AD: AD Expert, AD Van
Almera
Altima: Altima Hybrid+
Ariya
Armada: Pathfinder Armada
Atlas
Avenir
Bluebird: Bluebird Sylphy
Cabstar: NT400
Caravan
Cedric
Cefiro
Cima
Cube
Dualis
Elgrand
Evalia: NV200 Evalia
Expert
Fairlady Z: Fairlady
Figaro
Frontier: Frontier Pro-4X+, Frontier Crew Cab+
Fuga
Gloria
GT-R: GTR, GT R, GT-R Nismo+, GT-R R35+
Interstar
Juke: Juke Nismo+, Juke Hybrid+
Kicks
King Cab
Kubistar
Lafesta
Largo
Latio
Laurel
Leaf: Leaf e+, Leaf Nismo+, Leaf Plus+
Liberty
Livina
Lucino
Magnite
March
Maxima: Maxima QX
Micra#: Micra C+C+
Mistral
Moco
Murano: Murano CrossCabriolet+
Navara: NP300 Navara, NP300, Navarra, D40 Navara
Note: Note e-Power+
NV: NV1500, NV2500, NV3500, NV 2500, NV Cargo, NV Passenger, NV 1500, NV 3500
NV200: NV 200
e-NV200: eNV200, e NV200, NV200 Electric
NV250
NV300
NV350
NV400
Pathfinder: Pathfinder Hybrid+
Patrol: Patrol GR+
Pixo
Prairie
Presage
Presea
Primastar
Primera
Pulsar
Qashqai#: Qashqai J10+, Qashqai e-Power+, Quashqai, Qashquai, Kashkai
Qashqai+2: Qashqai 2, Qashqai +2, Qashqai Plus 2
Quest
Rogue: Rogue Hybrid+, Rogue Select+
Rogue Sport
Safari
Sakura
Sentra: Sentra Nismo+
Serena
Silvia
Skyline
Stagea
Sunny
Sylphy
Teana
Terra
Terrano: Terrano II+
Tiida
Tino: Almera Tino
Titan: Titan Crew Cab+
Titan XD
Townstar
Urvan
Vanette
Versa: Versa Note+
Wingroad
X-Trail#: Xtrail, X Trail
Xterra
Datsun
Pickup: Hardbody, D21
Infiniti Q50 > Infiniti/Q50

=Datsun
240Z: 240 Z
260Z: 260 Z
280Z: 280 Z
280ZX: 280 ZX
510
1200
620
Go
Redi-GO

=Infiniti; Infinity, Nissan Infiniti
EX: EX35, EX37, EX30
FX: FX35, FX37, FX45, FX50, FX30
G: G20, G25, G35, G37
I30
I35
J30
JX: JX35
M: M30, M35, M37, M45, M56, M35h
Q30
Q40
Q45
Q50: Q50 Red Sport+, Q50 Hybrid+
Q60: Q60 Red Sport+
Q70: Q70L+
QX4
QX30
QX50
QX55
QX56
QX60
QX70
QX80

=Mazda; Mazda Motor, Madza, Nazda
@b[klmp]|b[lmn]\\d?|g[gjhl]|n[abcd]|mk\\d|ke|kf|d[ejk]
2: Mazda2, Mazda 2, Mazda2 Hybrid+, 2 Hybrid+
2 Sedan
3: Mazda3, Mazda 3, Mazda3 Sport+, 3 Sedan+, Mazdaspeed3+, Mazdaspeed 3+, Speed3~+, Mazda3 MPS+, 3 Sport+, 3 Hatchback+
5: Mazda5, Mazda 5
6: Mazda6, Mazda 6, Mazda6 Wagon+, Mazda 6 Kombi+, 6 Tourer+, 6 Sport Kombi+, Mazdaspeed6+, 6 Kombi+, Mazda6 Tourer+
6e: Mazda6e
121
323: 323F+, 323 F+
626
929
Atenza
Axela
B-Series: B2000, B2200, B2300, B2500, B2600, B3000, B4000, B-Serie, B 2500, B2500i, B series
Biante
Bongo: Bongo Friendee+
Bounty
BT-50: BT50, BT 50
Capella
Carol
CX-3: CX3, CX 3
CX-30: CX30, CX 30
CX-5: CX5, CX 5
CX-50: CX50, CX 50
CX-60: CX60, CX 60
CX-7: CX7, CX 7
CX-70: CX70
CX-8: CX8, CX 8
CX-80: CX80, CX 80
CX-9: CX9, CX 9
CX-90: CX90, CX 90
Demio
E2000: E2200, E1800, E-Series
Eunos: Eunos 500
Familia
Lantis
Millenia
MPV
MX-3: MX3, MX 3
MX-30: MX30, MX 30, MX-30 R-EV+
MX-5: MX5, MX 5, Miata, MX-5 Miata, MX-5 RF+, Roadster, MX-5 Miata RF+, Eunos Roadster, MX-5 Roadster+, Miata MX-5
MX-6: MX6, MX 6
Navajo
Premacy
Protege: Protege5+, Protegé
RX-7: RX7, RX 7
RX-8: RX8, RX 8
Tribute
Verisa
Xedos 6: Xedos
Xedos 9
Titan
Cosmo
Proceed

=Eunos
Roadster
=Mitsubishi; Mitsubishi Motors, Mitsibishi, Mitsubushi, Mistubishi, Mitsu
@mk\\d|z30|cz\\d|ct\\d
3000GT: 3000 GT, GTO
3000
380
Airtrek
ASX
Canter: Fuso Canter
Carisma
Challenger
Chariot
Colt: Colt CZC+, Colt Plus+, Colt CZT+
Cordia
Debonair
Delica: Delica D5+
Diamante
Dion
Eclipse: Eclipse Spyder+
Eclipse Cross: Eclipse Cross PHEV+, Eclipse Cross Plug-in Hybrid+
Endeavor
Expo
FTO
Galant: Galant VR-4+
Grandis
i-MiEV: iMiEV, i MiEV, Electric Vehicle
i
L200: Triton, L 200, L200 Double Cab+
L300: L 300
L400
Lancer: Lancer Sportback+, Lancer Ralliart+, Lancer Cedia+
Lancer Evolution: Evo, Evolution, Lancer Evo, Lancer Evolution X+, Evo X+, Lancer Evo X+
Legnum
Libero
Magna
Mighty Max
Minicab
Mirage: Mirage G4+
Montero
Montero Sport
Outlander: Outlander PHEV+, Outlander Plug-in Hybrid+, Outlander Sport~
Outlander Sport
Pajero: Pajero V6+
Pajero Pinin: Pinin
Pajero Sport: Shogun Sport
Raider
RVR
Shogun
Shogun Pinin
Sigma
Space Gear
Space Runner
Space Star: SpaceStar
Space Wagon
Starion
Starwagon
Tredia
Xpander
Town Box
Nimbus

=Suzuki; Maruti Suzuki, Maruti, Suziki
@mk\\d
Across
Aerio
Alto
APV
Baleno
Cappuccino
Carry
Celerio
Cultus
Dzire: Swift Dzire
Equator
Ertiga
Escudo
Esteem
eVitara: e Vitara, e-Vitara
Forenza
Fronx
Grand Vitara: GrandVitara
Hustler
Ignis
Jimny: SJ, Jimny Sierra+
Kizashi
Landy
Liana
LJ80
Lapin
Reno
S-Cross: SX4 S-Cross, S Cross, SX4 SCross
Samurai
Sidekick
SJ410: SJ413
Solio
Spacia
Splash
Swace
Swift: Swift Sport+, Swift Hybrid+
SX4: SX4 Classic+
Verona
Vitara: Vitara Hybrid+
Wagon R: Wagon R+, WagonR
X-90: X90
XL7: XL-7, XL 7
XBee

=Subaru
@g[cdeghrtv]\\d?|s[fghjk]\\d?|v[ab]\\d?|b[elmnrst]\\d?
Ascent
B9 Tribeca > Subaru/Tribeca
Baja
BRZ
Crosstrek: XV Crosstrek, Crosstrek Hybrid+
Dex
E12
Exiga
Forester: Forester XT+, Forester e-Boxer+, Forester Hybrid+
Impreza: Impreza Outback Sport+
Justy
Legacy
Leone
Levorg
Libero
Liberty
Loyale
Outback: Legacy Outback, OutBack
R1
R2
Solterra
Stella
SVX
Trailseeker
Trezia
Tribeca: B9 Tribeca
Uncharted
Vivio
WRX: Impreza WRX, WRX STI+, WRX STi, Impreza WRX STI+, STI~+, Impreza STI+
XT
XV
XV Crosstrek > Subaru/Crosstrek
Brat

=Daihatsu; Daihatsu Motor, Dihatsu
Applause
Altis
Bego
Boon
Charade
Charmant
Copen
Cuore
Extol
Feroza
Gran Move
Hijet
Materia
Mira
Move
Pyzar
Rocky
Rugger
Sirion
Storia
Taft
Tanto
Terios
Trevis
Valera
YRV
Delta
Coo

=Isuzu
Amigo
Ascender
Axiom
Bighorn
Campo
Como
D-Max: DMax, D Max
Elf: NPR, NKR, N Series
F Series: Forward
Faster
Gemini
Hombre
i-Series: i-280, i-290, i-350, i-370
Midi
MU: MU Wizard
MU-X: MUX
Oasis
Pickup
Rodeo: Rodeo Sport+
Trooper
VehiCROSS
Wizard
Impulse
=Hino
Dutro
300
500
Ranger
=Mitsuoka
Himiko
Viewt
Galue

=Hyundai; Hundai, Hyndai, Hyundia, Hyunday, Huyndai, Hyundi, Hiunday
@mk\\d|[gtpnl][a-z]\\d?|pde?|nx4
Accent
Amica
Atos: Atoz
Azera
Bayon
Coupe: Coupé
Creta
Elantra: Elantra GT+, Elantra Hybrid+, Elantra N+, Elantra Touring+
Entourage
Equus
Excel
Galloper
Genesis: Genesis Sedan+
Genesis Coupe
Getz
Grand i10
Grand Santa Fe
Grandeur
H-1: H1, H 1, Starex, H-1 Travel+, iLoad, iMax, i800, H-1 Starex, H1 Starex
H-100: H100
H350: H 350
HB20
Inster
i10#: i 10
i20#: i 20, i20 N+, i20 Active+
i25
i30#: i 30, i30 N+, i30 Fastback+, i30 cw+, i30 Kombi+, i30 Tourer+, i30 Wagon+
i40: i 40, i40cw+, i40 cw+, i40 Tourer+
i45
iLoad > Hyundai/H-1
Ioniq: Ioniq Hybrid+, Ioniq Plug-in+, Ioniq Electric+, Ioniq PHEV+, Ioniq Elektro+
Ioniq 5: Ioniq5, Ioniq 5 N+
Ioniq 6: Ioniq6
Ioniq 9: Ioniq9
ix20: ix 20
ix35: ix 35
ix55: ix 55
Kona: Kona Electric+, Kona Elektro+, Kona Hybrid+, Kona N+, Kona EV+
Lantra
Lavita
Matrix
Nexo
Palisade
Pony
S-Coupe: S Coupe, Scoupe
Santa Cruz
Santa Fe: SantaFe, Santa-Fe, Santa Fe Sport+, Santa Fe XL+, Santa Fe Hybrid+, SantaFé
Sonata: Sonata Hybrid+, Sonata N Line+, Sonata Plug-In Hybrid+
Sonica
Staria: Staria Load+
Stellar
Terracan
Tiburon
Trajet
Tucson: Tuscon, Tucson Hybrid+, Tucson Plug-in+, Tucson N Line+, Tucson PHEV+
TB
Veloster: Veloster Turbo+, Veloster N+
Venue
Veracruz
Verna
XG: XG350, XG300, XG 30
Genesis G80 > Genesis/G80
Genesis G90 > Genesis/G90
Genesis G70 > Genesis/G70

=Genesis; !Genesis
G70: G70 Shooting Brake+
G80: Electrified G80+
G90
GV60
GV70: Electrified GV70+
GV80: GV80 Coupe+

=Kia; KIA Motors, Kia Motor
@jd|ed|cd|ql|sl|mq4|xm|um|ps|sk3
Amanti
Avella
Besta
Borrego
Cadenza
Carens
Carnival
Ceed: cee'd, Ceed / cee'd, ceed sw+, cee'd SW+, Ceed Sportswagon+, Ceed SW / cee'd SW+, Cee'd Sportswagon+, Ceed Sporty Wagon+, Cee d, cee'd_sw+, Ceed GT+, Cee-d, Sportswagon~+
Cerato: Cerato Koup+
Clarus
EV2
EV3
EV4
EV5
EV6: EV6 GT+
EV9: EV9 GT+
Forte: Forte5+, Forte Koup+, Forte 5+
Joice
K4
K5
K8
K900
K2500: K2700
Koup
Magentis
Mentor
Mohave
Niro: Niro EV+, e-Niro+, Niro Plug-in Hybrid+, Niro Hybrid+, e Niro+, Niro PHEV+
Opirus
Optima: Optima Hybrid+, Optima Sportswagon+, Optima SW+
Picanto: Picanto X-Line+
Pregio
Pride
ProCeed: pro_cee'd, pro cee'd, ProCeed / pro_cee'd, Pro-Ceed, pro ceed
PV5
Quoris
Ray
Retona
Rio: Rio5+
Rocsta
Rondo
Sedona
Seltos
Sephia
Shuma
Sorento: Sorento Hybrid+, Sorento Plug-in Hybrid+, Sorrento, Sorento PHEV+, Sorento Prime+
Soul: Soul EV+, e-Soul+
Spectra: Spectra5+
Sportage: Sportage Hybrid+, Sportage Plug-in Hybrid+, Sportage PHEV+, Sportage X-Pro+
Stinger: Stinger GT+
Stonic
Telluride
Tasman
Venga
XCeed: X-Ceed, Xceed, XCeed Plug-in Hybrid+, X Ceed

=SsangYong; Ssang Yong, Ssang-Yong, SsanYong, KG Mobility, KGM, KGM SsangYong, SsangYong KGM, KG Mobility SsangYong
Actyon: Actyon Sports+, Actyon Sport+
Family
Korando: Korando Sports+, Korando e-Motion+
Korando Family
Kyron
Musso: Musso Grand+, Musso Sports+
Rexton: Rexton W+, G4 Rexton+, Rexton Sports+
Rodius
Stavic
Tivoli: Tivoli Grand+
Tivoli XLV
Torres: Torres EVX+
XLV
Chairman
Rhino

=Daewoo; Daewo
Espero
Evanda
Kalos
Lacetti
Lanos
Leganza
Matiz
Musso
Nexia
Nubira
Rezzo: Tacuma
Tico
Tacuma > Daewoo/Rezzo
Korando
Cielo

=BYD; Build Your Dreams
Atto 2
Atto 3: Yuan Plus, Atto3
Dolphin
Dolphin Surf: Seagull
e6
Han
Seal
Seal U: Seal U DM-i+
Sealion 7: Sealion
Shark
Song Plus: Song
Tang
Yuan Up
Qin

=Geely; !Geely
Atlas
Coolray
Emgrand
EX5
Galaxy
Starray
=Zeekr
001
007
009
X
7X
=NIO
EL6
EL7
EL8
ES6
ES8
ET5: ET5 Touring+
ET7
EC6
firefly
=Xpeng
G3
G6
G9
P5
P7
X9
=Li Auto; Lixiang
L7
L8
L9
Mega
=Leapmotor; Leap Motor
B10
C10
T03
C16
=Aiways
U5
U6
=Great Wall; GWM, Great Wall Motors, Great Wall Motor, GWM Great Wall
Cannon: GWM Cannon, P-Series, Ute Cannon
Florid
Hover
Poer
Steed
V200
V240
Voleex
Wingle
X200
X240
Tank 300 > Tank/300
Tank 500 > Tank/500
Haval Jolion > Haval/Jolion
Haval H6 > Haval/H6
Ora 03 > Ora/03
=Haval; GWM Haval, Great Wall Haval
Dargo
F7
H2
H6: H6 HEV+
H9
Jolion: Jolion Hybrid+
=Ora; !ORA, GWM Ora
03: Funky Cat, Good Cat, Ora 03
07
=Wey; GWM Wey
03
05: Coffee 02
Coffee 01
=Tank; !Tank
300
500
=Chery
Arrizo 5
J1
J11
J3
Omoda 5: Omoda 5
QQ
Tiggo: Tiggo 3+
Tiggo 4: Tiggo 4 Pro+
Tiggo 7: Tiggo 7 Pro+
Tiggo 8: Tiggo 8 Pro+
Amulet
=Omoda; Omoda Jaecoo
5: Omoda 5, E5+
7
9
=Jaecoo
5
7: Jaecoo 7, J7
8: J8
=Exeed
TXL
VX
=JAC
J7
S3
T6
T8
e-JS4
e-S2: iEV7s
=Changan; Chang'an
Alsvin
CS35
CS55
CS75
Deepal S07: S07
UNI-T
UNI-K
=Dongfeng; DFSK, DFM, Dong Feng
580: Glory 580, Glory 580 Pro, Fengon 580
500: Fengon 500
Fengon 5: Fengon ix5, F5
Fengon 7
Box: Nammi 01
Seres 3 > Seres/3
K01
C35
=Seres
3
5
=Voyah
Free
Dream
=Hongqi
E-HS9: EHS9
EH7
H9
=BAIC; Baic
BJ20
BJ40
Senova X35: X35
X55
D20
Beijing X7
=Bestune; FAW, FAW Bestune
T77
T33
B70
=Brilliance
BS2
BS4
BS6
=Landwind
X6
=Foton
Sauvana
Tunland
Toano
View
=JMC
Vigus
=GAC; GAC Aion, Aion
Aion V
Aion Y
GS3
GS8
=Roewe
350
RX5
=SWM
G01
G03
G05
=Forthing
4
5: T5 EVO, T5
Friday
=Skywell; Skyworth
ET5
=Xiaomi
SU7
YU7
=Wuling
Hongguang
Air EV
=Zhidou; Zhi Dou
D1
D2: D2S
=Tata; Tata Motors
Harrier
Indica
Indigo
Nano
Nexon
Punch
Safari
Sierra
Sumo
Telcoline
Tiago
Tigor
Xenon
=Mahindra; Mahindra & Mahindra
Bolero
Genio
Goa
KUV100
Pik Up: Pick Up, Pik-Up
Quanto
Roxor
Scorpio
Thar
XUV300
XUV500
XUV700
=Proton
Exora
Gen-2
Persona
Saga
Satria
Savvy
Waja: Impian
X50
X70
=Perodua
Alza
Axia
Kelisa
Kenari
Myvi
Nippa
=Force Motors
Gurkha
=Hindustan
Ambassador
=Premier
Padmini
=Togg
T10X
T10F
=Tofas; Tofaş
Dogan
Sahin
=Karsan
Jest
=Iran Khodro; IKCO
Samand
=Paykan
Paykan
`;
