/** See ../../cars/parse.ts for the notation. */
export const british = `
=Land Rover; Landrover, Land-Rover, LandRover, +Range Rover, +Rangerover, Land Rovers
@l\\d{3}|p38a?|mk\\d
Range Rover#: RangeRover, Range Rover Vogue+, Range Rover Autobiography+, Range Rover Classic+, Range, Range Rover HSE+, Rangie
Range Rover Sport: RangeRover Sport, RR Sport, RRS, Range Sport, Range Rover Sport SVR+, Sport~
Range Rover Evoque: Evoque, RangeRover Evoque, RR Evoque, Range Evoque, Range Rover Evoque Convertible+, Evoque Convertible+
Range Rover Velar: Velar, RangeRover Velar, RR Velar
Discovery#: Disco, Discovery Landmark+, Discovery Commercial+
Discovery Sport: DiscoverySport, Disco Sport
Defender: Defender 90+, Defender 110+, Defender 130+, Defender Hard Top+, 90~+, 110~+, 130~+, Defender V8+
Freelander#
LR2
LR3
LR4
Series I: Series 1, Serie I, 88~, Serie 1
Series II: Series 2, Series IIA, Serie II
Series III: Series 3, Serie III, 109~

=Jaguar; Jag, Jaquar, Jaguar Cars
@x\\d{3}|xj40
E-Pace: E Pace
F-Pace: F Pace, F-Pace SVR+
I-Pace: I Pace
E-Type: E Type, XKE, XK-E
F-Type: F Type, F-Type Coupe+, F-Type Convertible+, F-Type R+
S-Type: S Type, S-Type R+
X-Type: X Type
D-Type
C-Type
Mark 2: Mk2, MkII, MK 2, Mark II
Daimler
XE: XE SV Project 8+
XF: XF Sportbrake+, XFR+, XFR-S+
XJ: XJ6+, XJ8+, XJ12+, XJR+, XJL+, XJ40+, XJ Series+, XJ-L+, XJ 6+, XJ 8+, XJ Vanden Plas+, Super V8+
XJS: XJ-S, XJ-SC
XJ220
XK: XKR+, XK8+, XK R+, XK 8+, XKR-S+
XK120: XK 120
XK140: XK 140
XK150: XK 150
340
420
240

=Daimler
Double Six
Sovereign
Super Eight
V8
DS420

=Rover; !Rover, MG Rover, Rover Cars
25
45
75
100
111
114
200
211
213
214
216
218
220
400
414
416
418
420
600
618
620
623
800
820
825
827
Streetwise
Mini
Metro
Montego
SD1
P4
P5
P5B
P6
3500
CityRover

=MG; !MG, MG Motor, MG Motors, M.G., MG Rover MG
Cyberster
EHS: MG EHS
HS: HS PHEV+
Marvel R: Marvel
3: MG3
4: MG4, MG4 EV+, MG4 Electric+, MG4 XPower+
5: MG5, MG5 EV+, MG5 Electric+
6: MG6
7: MG7
S5: MGS5
S6
GS
ZS: ZS EV+, ZSEV+
ZR
ZT: ZT-T+
TF: MG TF, MGTF
F: MGF, MG F
A: MGA
B: MGB, MGB GT+, MG B GT+, B GT+, BGT+, MG B
C: MGC
Midget
RV8
TD: MG TD
TC
TA
Y: YA
XPower SV
Montego
Maestro
Metro

=Mini Moke; Moke
Moke

=Vauxhall; Vauxhaul, Vauxall, Vauxhal, Vaux
@[a-gj-l]|mk\\d
Adam: Adam S+, Adam Rocks+
Agila
Ampera
Antara
Astra#: Astra GTC+, Astra Sports Tourer+, Astra TwinTop+, Astravan+, Astra VXR+, GTC+, Astra Estate+, Astra Electric+, GTC~+
Calibra
Carlton
Cascada
Cavalier
Chevette
Combo: Combo Life+, Combo Cargo+, Combo-e+, Combo-e Life+
Corsa#: Corsa-e+, Corsavan+, Corsa VXR+, Corsa Electric+
Crossland: Crossland X+
Frontera
Grandland: Grandland X+
Insignia#: Insignia Sports Tourer+, Insignia Grand Sport+, Insignia Country Tourer+, Insignia VXR+
Kadjar > Renault/Kadjar
Maloo
Meriva#
Mokka: Mokka X+, Mokka-e+, Mokka Electric+
Monaro
Monterey
Movano: Movano-e+
Nova
Omega
Signum
Sintra
Tigra
Vectra#
Viva: Viva Rocks+
Vivaro: Vivaro-e+, Vivaro Life+
VX220
VXR8
Victor
Viceroy
Zafira#: Zafira Tourer+, Zafira VXR+
Zafira Life: Zafira-e Life

=Aston Martin; Aston, Aston-Martin, AstonMartin
Cygnet
DB Mark III: DB2, DB2/4
DB4
DB5
DB6
DB7: DB7 Vantage+, DB7 Volante+
DB9: DB9 Volante+, DB 9
DB11: DB11 Volante+, DB11 AMR+
DB12
DBS: DBS Superleggera+, DBS Volante+
DBX: DBX 707+, DBX707+
Lagonda
One-77
Rapide: Rapide S+, Rapide AMR+
V8 Vantage > Aston Martin/Vantage
V12 Vantage > Aston Martin/Vantage
Vantage: V8 Vantage+, V12 Vantage+, Vantage S+, Vantage Roadster+, V8 Vantage S+, V12 Vantage S+, Vantage GT8+
V8: V8 Volante+, V8 Saloon+
Valkyrie
Vanquish: Vanquish S+, Vanquish Volante+
Virage
Valour
Zagato

=Bentley; Bently
Arnage: Arnage T+
Azure
Bentayga: Bentayga EWB+
Brooklands
Continental GT: Continental GTC+, Continental GT Speed+, Continental GT V8+, Conti GT, Continental Supersports+, GT, GTC~+, Continental GT Convertible+, Continental~
Continental Flying Spur > Bentley/Flying Spur
Continental R: Continental T, Continental S, Continental SC
Eight
Flying Spur: FlyingSpur
Mulsanne
S1
S2
S3
T1: T Series
T2
Turbo R: Turbo RT
R Type
Mark VI

=Rolls-Royce; Rolls Royce, RollsRoyce, Rolls
Camargue
Corniche
Cullinan
Dawn
Ghost: Ghost EWB+
Park Ward
Phantom: Phantom Coupe+, Phantom Drophead+, Phantom EWB+
Silver Cloud
Silver Dawn
Silver Seraph
Silver Shadow
Silver Spirit
Silver Spur
Silver Wraith
Spectre
Wraith

=Lotus; !Lotus
340R
Cortina
Eclat
Elan
Eletre
Elise: Elise S+
Elite
Emeya
Emira
Esprit
Europa
Evija
Evora: Evora S+, Evora 400+, Evora GT+
Excel
Exige: Exige S+
Seven: 7
Super Seven

=McLaren; Mc Laren, Maclaren
12C: MP4-12C, MP4 12C, MP412C, 12C Spider+
540C
570S: 570S Spider+, 570
570GT
600LT: 600LT Spider+
620R
625C
650S: 650S Spider+
675LT
720S: 720S Spider+
750S
765LT
Artura: Artura Spider+
Elva
GT: GTS+
P1
Senna
Speedtail
F1

=Morgan; !Morgan
3 Wheeler: Three Wheeler, Super 3
4/4: 44
Aero 8: Aero, Aero Supersports
Plus 4: Plus Four
Plus 6: Plus Six
Plus 8
Plus E
Roadster

=Caterham
Seven: 7, Super Seven, 7 CSR, 7 170, Seven 360, Seven 420, 7 Superlight
21
170
620

=TVR
350i
Cerbera
Chimaera: Chimera
Griffith
Sagaris
Tamora
Tuscan
T350
Tasmin
S3
=Triumph; !Triumph
2000: 2500, 2.5 PI
Acclaim
Dolomite
GT6
Herald
Spitfire
Stag
TR2
TR3: TR3A
TR4: TR4A
TR5: TR250
TR6
TR7
TR8
Toledo
Vitesse
=Austin; !Austin
A30
A35
A40
Allegro
Cambridge
Maestro
Maxi
Metro
Mini
Montego
Princess
Seven: 7
=Austin-Healey; Austin Healey, Healey
100
3000: 100-6
Sprite
=Morris
Ital
Marina
Minor
Oxford
Traveller
=Hillman
Hunter
Imp
Minx
=Sunbeam
Alpine
Rapier
Tiger
Talbot
=Reliant
Robin
Scimitar
Rialto
=Jensen
Interceptor
Healey
=Riley
RMA: RMB
Elf
=Wolseley
Hornet
1500
=Humber
Hawk
Super Snipe
=Bristol
411
Blenheim
=Marcos
Mantis
=Ginetta
G4
G40
=Noble
M12
M400
M600
=Westfield
SE
=AC
Ace
Cobra
=Ariel
Atom
Nomad
=LEVC; London Taxi
TX: TX4
VN5
=LDV; Maxus, SAIC Maxus, LDV Maxus
Convoy
Deliver 9: eDeliver 9+, V80+
Deliver 7: eDeliver 7
eDeliver 3
D90
G10
Maxus
Mifa 9
Pilot
T60: T90 EV+, T90+
V80
`;
