/** See ../../cars/parse.ts for the notation. */
export const european = `
=Škoda; Skoda, Skoda Auto, Sckoda, Scoda
@mk\\d|[1-9][a-z]\\d?|nj|nx|3[tv]|5[ej]|6y|1z|1u
Fabia#: Fabia Combi+, Fabia Kombi+, Fabia Estate+, Fabia RS+, Fabia vRS+
Octavia#: Octavia Combi+, Octavia Kombi+, Octavia Estate+, Octavia RS+, Octavia Scout+, Octavia vRS+, Octavia Tour+
Superb#: Superb Combi+, Superb Kombi+, Superb Estate+, Superb iV+
Kodiaq: Kodiak, Kodiaq RS+
Karoq: Karoq Scout+
Kamiq
Scala
Rapid: Rapid Spaceback+, Rapid/Spaceback, Spaceback~+
Citigo: Citigo-e+, Citigo e iV+, Citi go
Yeti: Yeti Outdoor+
Roomster: Roomster Scout+
Enyaq: Enyaq iV+, Enyaq Coupe+, Enyaq Coupe iV+, Enyaq RS+, Enyaq iV 80+, Enyaq 80+, Enyaq 60+
Elroq
Epiq
Praktik
Felicia
Favorit
Forman
Pick-up
105
120
130

=SEAT; !Seat, Seat Cupra
@mk\\d|[1-9][a-z]\\d?|6[jlkf]|5f|1p|kl|kj
Ibiza#: Ibiza ST+, Ibiza SC+, Ibiza Cupra+, Ibiza FR+
Leon#: Leon ST+, Leon SC+, Leon Cupra+, Leon Sportstourer+, Leon FR+, León, Leon X-Perience+, Leon Cupra R+, Leon e-Hybrid+
Ateca: Ateca FR+
Arona
Tarraco
Alhambra
Altea: Altea Freetrack+
Altea XL: AlteaXL
Arosa
Cordoba: Córdoba
Exeo: Exeo ST+
Mii: Mii electric+
Toledo#
Inca
Malaga
Marbella
Terra
Ronda
600
850
127
Cupra Formentor > Cupra/Formentor
Cupra Born > Cupra/Born
Cupra Ateca > Cupra/Ateca
Formentor > Cupra/Formentor
Born > Cupra/Born
el-Born > Cupra/Born

=Cupra; !Cupra, Cupra Seat
Formentor: Formentor VZ+, Formentor VZ5+
Ateca
Leon: León, Leon ST+, Leon Sportstourer+, Leon SP+, Leon VZ+
Born: el-Born
Tavascan
Terramar
Ibiza

=Renault; Reno, Renaut, Renauld
@mk\\d|ph\\d|phase ?\\d
Clio#: Clio Grandtour+, Clio Sport Tourer+, Clio Estate+, Clio RS+, Clio Sport+, Clio R.S.+, Clio Campus+, Lutecia
Mégane#: Megane, Megane Grandtour+, Mégane Estate+, Megane Coupe+, Megane RS+, Megane R.S.+, Mégane Sport Tourer+, Megane CC+, Mégane Break+, Megane Sport+, Mégane Berline+, Megane Coupe-Cabriolet+, Megan
Mégane E-Tech: Megane E-Tech, Megane E-Tech Electric+, Megane Electric, Mégane E-Tech Electrique+, Megane E-Tech Elektrisch+, Megane E-Tech 100% elektrisch+
Captur#: Kaptur
Kadjar
Koleos#
Austral
Arkana
Rafale
Symbioz
Scénic#: Scenic, Scenic Xmod+, Scenic RX4+, Scénic XMOD+, Megane Scenic
Grand Scénic#: Grand Scenic, Grandscenic
Scénic E-Tech: Scenic E-Tech, Scenic E-Tech Electric+
Espace#
Grand Espace
Twingo#: Twingo RS+, Twingo Electric+, Twingo GT+, Twingo Z.E.+
Twizy
Zoe: ZOÉ, Zoe R135+, Zoe R110+, Zoe Z.E.+
Laguna#: Laguna Grandtour+, Laguna Coupe+, Laguna Break+, Laguna Estate+
Talisman: Talisman Grandtour+, Talisman Estate+
Latitude
Fluence: Fluence Z.E.+
Modus
Grand Modus
Wind
Vel Satis: Velsatis
Avantime
Safrane
Thalia
Symbol
Kangoo: Kangoo Z.E.+, Kangoo Be Bop+, Kangoo Maxi+, Kangoo Express+, Kangoo Rapid+, Grand Kangoo+, Kangoo E-Tech+
Trafic: Trafic Combi+, Traffic, Trafic Grand Passenger+
Master: Master Z.E.+
Express
Mascott
Alaskan
R4: 4, 4 L, R 4, 4 TL, 4L, Renault 4
R5: R 5, R5 Turbo+, Super 5, 5 Turbo+, 5 GT Turbo+
R5 E-Tech: 5 E-Tech, R5 E-Tech Electric, 5 E-Tech Electric, 5
R4 E-Tech: 4 E-Tech
R19: 19, R 19
R21: 21, R 21
R25: 25
R11: 11
R9: 9
R8: 8
R14: 14
R16: 16
R18: 18
R30: 30
Rapid
Spider
Sandero
Duster > Dacia/Duster
Logan > Dacia/Logan
Alpine A110 > Alpine/A110
Alpine A610 > Alpine/A610
Alpine A310 > Alpine/A310

=Dacia; Renault Dacia, Dacia Renault, Datcia
@mk\\d
Sandero#: Sandero Stepway+, Stepway~+
Duster#: Dusty
Logan#: Logan MCV+, Logan Stepway+, MCV~+, Logan Pick-up+, Logan Express+
Lodgy: Lodgy Stepway+
Dokker: Dokker Stepway+, Dokker Express+
Spring: Spring Electric+
Jogger
Bigster
1300
1310
Solenza
Nova

=Alpine; !Alpine, Renault Alpine, Alpine Renault
A110: A 110, A110 S+, A110 GT+
A290
A310
A390
A610
GTA

=Peugeot; Peugot, Peugeout, Peugoet, Peageot
@mk\\d
1007
104
106
107
108
205
206: 206 CC+, 206 SW+, 206 plus+, 206+
207: 207 CC+, 207 SW+, 207+
208: e-208+, 208 GTi+, e 208+
2008: e-2008+, 2008 e+
301
304
305
306
307: 307 CC+, 307 SW+
308: 308 SW+, 308 CC+, 308 GTi+, e-308+, e-308 SW+
3008: e-3008+, 3008 Hybrid+
309
403
404
405
406: 406 Coupe+, 406 Break+
407: 407 SW+, 407 Coupe+
408: e-408+
4007
4008
504
505
508: 508 SW+, 508 RXH+, 508 PSE+
5008: e-5008+
604
605
607
806
807
Bipper: Bipper Tepee+
Boxer: e-Boxer+
Expert: Expert Tepee+, e-Expert+, Expert Combi+
Partner: Partner Tepee+, e-Partner+, Partner Origin+
Rifter: e-Rifter+
Traveller: e-Traveller+
Ion: iOn
J5
J7
J9
RCZ: RCZ R+
Hoggar
202
203

=Citroën; Citroen, Citreon, Citroên, Citroën DS, Citron, Citroeen, Sitroen
@mk\\d
2CV: 2 CV, Ente, 2CV6+
Ami: My Ami, Ami 8, Ami 6, Citroen Ami
Dyane
AX
BX
C-Crosser: C Crosser, CCrosser
C-Elysée: C Elysee, CElysee
C-Zero: C Zero, CZero
C1: C 1
C15: C 15
C2: C 2
C25
C3: C 3, e-C3+, C3 Pluriel~+, ë-C3+
C3 Aircross: C3Aircross, e-C3 Aircross+
C3 Picasso: C3Picasso
C3 Pluriel
C4: C 4, e-C4+, ë-C4+
C4 X: e-C4 X+, ë-C4 X+, C4X
C4 Aircross
C4 Cactus: Cactus~, C4Cactus
C4 Picasso: C4Picasso, Xsara C4 Picasso
Grand C4 Picasso: C4 Grand Picasso, Grand C4Picasso, Grand Picasso, GrandC4 Picasso
C4 SpaceTourer: C4 Space Tourer
Grand C4 SpaceTourer: C4 Grand SpaceTourer, Grand C4 Space Tourer
C5: C 5, C5 Tourer+, C5 Break+
C5 Aircross: C5Aircross
C5 X: C5X
C6: C 6
C8: C 8
CX
Berlingo: Berlingo Multispace+, e-Berlingo+, ë-Berlingo+, Grand Berlingo+, Berlingo First+
DS
ID
SM
GS: GSA
Evasion
HY: H Van, Type H
Jumper: Relay, Jumper Combi+, e-Jumper+
Jumpy: Dispatch, Jumpy Combi+, e-Jumpy+, Dispatch Combi+, Jumpi
LNA
Mehari: Méhari, e-Mehari
Nemo: Nemo Multispace+
Saxo
SpaceTourer: Space Tourer, e-SpaceTourer+
Synergie
Traction Avant: Traction, 11 CV, 11CV, 15 CV
Visa
Xantia
XM
Xsara
Xsara Picasso: Picasso~, Picaso
ZX
Acadiane
DS3 > DS/DS 3
DS 3 > DS/DS 3
DS3 Crossback > DS/DS 3 Crossback
DS 3 Crossback > DS/DS 3 Crossback
DS4 > DS/DS 4
DS 4 > DS/DS 4
DS4 Crossback > DS/DS 4
DS5 > DS/DS 5
DS 5 > DS/DS 5
DS 7 Crossback > DS/DS 7
DS7 Crossback > DS/DS 7
DS7 > DS/DS 7

=DS; !DS Automobiles, !DS, Citroen DS Automobiles, DS-Automobiles
DS 3: DS3, 3, DS3 Cabrio+, DS 3 Cabrio+
DS 3 Crossback: DS3 Crossback, 3 Crossback, DS 3 Crossback E-Tense+, DS3 Crossback E-Tense+
DS 4: DS4, 4, DS 4 Crossback+, DS4 Crossback+, 4 Crossback+, N°4
DS 5: DS5, 5
DS 7: DS7, 7, DS 7 Crossback, DS7 Crossback, 7 Crossback
DS 8: N°8
DS 9: DS9, 9

=Fiat; FIAT Professional, Fiat Pro
@mk\\d|31[02]|35[67]|19[89]|250|263
500: Nuova 500+, 500 Lounge+, 500e+, 500 e+, 500 Abarth+, Cinquecento 500, 500 Elektro+, 500 Electric+, 500 Hybrid+
500C: 500 C, 500 Cabrio, 500 Cabriolet, 500C Abarth+, 500e Cabrio+, 500 e Cabrio+
500L: 500 L, 500L Living+, 500L Trekking+, 500L Wagon+
500X: 500 X
600: 600e+, 600 e+, 600 Hybrid+
600D
Grande Panda
Panda#: New Panda, Panda 4x4+, Panda Cross+, Panda Classic+, Nuova Panda, Pandina
Punto: Punto Evo+, Grande Punto~+
Grande Punto: GrandePunto
Punto Evo: PuntoEvo
Tipo: Tipo Kombi+, Tipo SW+, Tipo Station Wagon+, Tipo Cross+, Tipo Estate+
Bravo
Brava
Barchetta
Coupe: Coupé
Croma
Doblò: Doblo, Doblo Cargo+, Doblo Combi+, Doblò Cargo+, E-Doblo+
Ducato: E-Ducato+, Ducato Maxi+, Ducato 35+
Fiorino: Fiorino Cargo+
Freemont
Fullback
Idea
Linea
Marea: Marea Weekend+
Multipla
Palio
Albea
Qubo
Scudo: E-Scudo+, Scudo Combi+
Sedici
Seicento
Cinquecento
Siena
Stilo
Strada
Talento
Tempra
Tempra SW
Topolino
Ulysse: E-Ulysse+
Uno
Regata
Ritmo
Dino
X1/9: X1 9, X19
124: 124 Spider, 124 Coupe+, 124 Sport+, Spider, 124 Abarth+
125
126
127
128
130
131
132
850
1100
Argenta
Toro
Argo
Cronos
Mobi
Pulse
Fastback
500 Topolino > Fiat/Topolino
Abarth 595 > Abarth/595
Abarth 695 > Abarth/695
595 > Abarth/595
695 > Abarth/695

=Abarth; !Abarth, Fiat Abarth
500: 500e+, 500C+, 500 Abarth
595: 595C+, 595 Turismo+, 595 Competizione+, 595 Esseesse+
600: 600e+
695: 695 Biposto+, 695 Rivale+, 695C+
124 Spider: 124
Punto Evo
Grande Punto
Punto Supersport: Punto

=Alfa Romeo; Alfa, Alfa-Romeo, AlfaRomeo, Alpha Romeo, A.R.
145
146
147: 147 GTA+
155
156: 156 Sportwagon+, 156 GTA+
159: 159 Sportwagon+, 159 SW+, Sportwagon~+
164
166
33
4C: 4C Spider+
6C
75
8C: 8C Competizione
90
Alfasud
Alfetta
Arna
Brera
Crosswagon
Giulia: Giulia Quadrifoglio+, Quadrifoglio~+, Giulia Sprint+, Giulia GT+
Giulietta
GT
GTA
GTV: GTV6
Junior
Mito: MiTo
Montreal
RZ
Spider
Sprint
Stelvio: Stelvio Quadrifoglio+
SZ
Tonale
1750
2000
2600
1300

=Lancia; Lanzia
Beta
Dedra
Delta: Delta Integrale+, Delta HF+
Flaminia
Flavia
Fulvia
Gamma
Kappa
Lybra
Montecarlo
Musa
Phedra
Prisma
Stratos
Thema
Thesis
Voyager
Ypsilon: Y, Y10
Zeta
Appia
Aurelia
Trevi

=Ferrari
12Cilindri
208
246: Dino 246, 246 GT, 246 GTS
250
275
288 GTO: GTO
296: 296 GTB+, 296 GTS+
308: 308 GTB+, 308 GTS+
328: 328 GTS+
330
348: 348 TS+, 348 TB+
360: 360 Modena+, 360 Spider+, Modena~
365
400
412
430 Scuderia
456: 456 GT+, 456 M+
458: 458 Italia+, 458 Spider+, 458 Speciale+
488: 488 GTB+, 488 Spider+, 488 Pista+
512
550: 550 Maranello+
575M: 575 M, 575M Maranello+
599: 599 GTB+, 599 GTB Fiorano+
612 Scaglietti: 612
812: 812 Superfast+, 812 GTS+
California: California T+
Daytona SP3
Enzo
F12berlinetta: F12 Berlinetta, F12
F355: 355, F355 Spider+
F40
F430: 430, F430 Spider+
F50
F8: F8 Tributo+, F8 Spider+
FF
GTC4Lusso: GTC4 Lusso, GTC4
LaFerrari
Mondial
Portofino: Portofino M+
Purosangue
Roma: Roma Spider+
SF90: SF90 Stradale+, SF90 Spider+
Testarossa
Monza SP

=Lamborghini; Lambo, Lamborgini, Lamborghinni
Aventador: Aventador S+, Aventador SVJ+
Countach
Diablo
Espada
Gallardo: Gallardo Spyder+
Huracán: Huracan, Huracan EVO+, Huracan STO+, Huracan Tecnica+, Huracan Spyder+
Jalpa
Jarama
LM002
Miura
Murciélago: Murcielago
Revuelto
Sian
Temerario
Urraco
Urus

=Maserati; Masserati, Mazerati
222
3200 GT: 3200
4200
Biturbo
Coupe
Ghibli
GranCabrio: Gran Cabrio
GranSport: Gran Sport
GranTurismo: Gran Turismo, GranTurismo Convertible+
Grecale
Indy
Khamsin
Levante
MC20: MCPura
Merak
Quattroporte: Quatroporte
Shamal
Spyder
Bora

=Pagani
Huayra
Zonda
Utopia
=De Tomaso; DeTomaso
Pantera
=Innocenti
Mini
=Iveco; Iveco Fiat
Daily: Daily 35+
Massif
=Piaggio
Ape
Porter
=DR; DR Automobiles, DR Motor
DR3
DR4
DR5
DR F35: F35
1.0
=EVO
EVO 3
EVO 4
EVO 5

=Volvo; Volvo Cars, Volvo Car
@mk\\d|p[1-3]|spa
240: 240 GL+, 244, 245, 242
260
340
343
360
440
460
480
740: 740 GL+
760
780
850: 850 R+
940
960
Amazon: 121, 122, 122 S
C30
C40: C40 Recharge+
C70
EX30
EX40
EX90
EC40
ES90
P1800: P 1800, 1800 S, 1800 ES, 1800
PV544: PV 544, PV
S40
S60: S60 Cross Country+, S60 Recharge+
S70
S80
S90
V40: V40 Cross Country+
V50
V60: V60 Cross Country+, V60 Recharge+
V70: V70 XC+, V70 R+
V90: V90 Cross Country+
XC40: XC 40, XC40 Recharge+
XC60: XC 60, XC60 Recharge+
XC70: XC 70, V70 XC70
XC90: XC 90, XC90 Recharge+
66
142
144
145
164

=Saab; SAAB
9-3: 93, 9 3, 9-3 SportCombi+, 9-3X+, 9-3 Cabriolet+, 9-3 Convertible+, 9-3 Aero+
9-4X: 94X
9-5: 95, 9 5, 9-5 SportCombi+, 9-5 Aero+
9-7X: 97X
90
96
99
900: 900 Turbo+, 900 S+, 900 SE+
9000: 9000 CS+
Sonett

=Polestar; Polstar
1: Polestar 1
2: Polestar 2
3: Polestar 3
4: Polestar 4
5: Polestar 5
=Koenigsegg
Agera
CCX
Jesko
Regera
Gemera
=Lada; Lada-VAZ, WAZ, VAZ
2107: 2105, 2106, 2101, 2104, 2103
Granta
Kalina
Largus
Niva: 4x4, Niva Legend+, Taiga, Niva 4x4, 2121, Niva Travel+
Priora
Samara
Vesta: Vesta SW+
XRay: X-Ray
Nova
110
111
112
=GAZ; Wolga
Volga: 21, 24, M21
69
=UAZ
Hunter
Patriot
469
452: Buchanka
=Moskwitsch; Moskvich
412
3
=FSO; Polski Fiat
Polonez
125p
126p
Warszawa
=Tatra
613
603
=ZAZ; Zaporozhets
968
=Rimac
Nevera
=Bugatti
Chiron
Veyron: EB 16.4 Veyron
EB110: EB 110
Mistral
Divo
=Spyker
C8
=Donkervoort
D8
=KTM
X-Bow: X Bow
=Aixam
City
Coupe
Crossline
Crossover
GTO
Minauto
Roadline
A.721
eCity
Scouty
=Ligier
JS 50: JS50
JS 60: JS60
IXO
Myli
X-Too
Nova
=Microcar
M.Go: MGo, M-Go
M8
Due
MC1
Virgo
=Chatenet
CH26
CH28
CH40
CH46
=Casalini
M10
M14
Sulky
=Simca
1000
1100
1301
1307
Aronde
=Talbot
Samba
Solara
Horizon
Matra Murena
=Matra
Bagheera
Djet
Rancho
=Panhard
24
PL17
Dyna
=Cobra; AC Cobra
427
289
=Estrima
Birò: Biro
=Microlino
Microlino
=Tazzari
Zero: EV Zero, EV Zero Classic
=E.GO; e.GO, Next.e.GO, ego
Life: e.wave X
=Sono
Sion
=Lynk & Co; Lynk&Co, Lynk and Co, Lynk Co, Lynk
01
02
08
=Ineos; INEOS Automotive
Grenadier: Grenadier Quartermaster+, Quartermaster~
`;
