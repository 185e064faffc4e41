/** See ../../cars/parse.ts for the notation. */
export const american = `
=Ford; Ford Motor, Ford Motor Company, Ford USA, Ford (USA), Frod, Ford Germany
@mk\\d(?:\\.\\d)?|s197|s550|s650|ja8|da3
Fiesta#: Fiesta Van+, Fiesta ST+, Fiesta Active+, Fiesta Vignale+, Feista
Focus#: Focus ST+, Focus RS+, Focus Turnier+, Focus CC+, Focus Estate+, Focus Active+, Focus Coupe-Cabriolet+, Focus Electric+, Focus Kombi+, Fokus, Focus Wagon+
Mondeo#: Mondeo Turnier+, Mondeo Estate+, Mondeo Vignale+, Mondeo Hybrid+
Kuga#: Kuga Plug-In Hybrid+, Kuga Vignale+
Puma: Puma ST+, Puma Gen-E+
EcoSport: Eco Sport, Eco-Sport
Ka: Ka+, Ka plus+, Ka/Ka+, StreetKa~+, SportKa~+
StreetKa: Street Ka
SportKa
B-Max: B Max
C-Max#: C Max, Focus C-Max
Grand C-Max: C-Max Grand, Grand C Max
S-Max#: S Max
Galaxy#
Edge: Edge ST+, Edge Vignale+
Explorer: Explorer Sport+, Explorer ST+, Explorer EV+, Explorer PHEV+
Explorer Sport Trac: Sport Trac
Capri
Escort: Escort RS Cosworth+
Escape: Escape Hybrid+
Expedition: Expedition EL+, Expedition Max+
Excursion
Mustang: Mustang GT+, Mustang Shelby+, Shelby GT500+, Shelby GT350+, Mustang Shelby GT500+, Mustang Shelby GT350+, GT500~+, GT350~+, Mustang Mach 1+, Shelby~+, Mustang Cobra+, Mustang Convertible+, Mustang Fastback+, Mustang Dark Horse+
Mustang Mach-E: Mach-E, Mach E, Mustang Mach E, Mach-e GT+
F-150: F 150, F150 Lightning+~, F-150 Raptor+, Raptor~+, F-150 XLT+, F-150 SuperCrew+, F-150 SuperCab+, F150 Pickup
F-150 Lightning: Lightning, F150 Lightning
F-250: F 250, F-250 Super Duty, F250 Super Duty, Super Duty F-250, F-250 SD, F250SD, Super Duty F-250 SRW, F-250SD
F-350: F 350, F-350 Super Duty, F350 Super Duty, Super Duty F-350, F-350 SD, Super Duty F-350 DRW, Super Duty F-350 SRW, F-350SD
F-450: F 450, F-450 Super Duty, F450 Super Duty, Super Duty F-450, F-450 SD
F-550: F 550, F-550 Super Duty, Super Duty F-550
F-650: F 650
F-100: F 100
Ranger#: Ranger Raptor+, Ranger Wildtrak+, Ranger Double Cab+
Maverick
Bronco: Bronco Raptor+
Bronco Sport
Bronco II
Flex
Fusion: Fusion Hybrid+, Fusion Energi+
Taurus: Taurus SHO+, SHO~+
Taurus X
Five Hundred: 500
Freestyle
Freestar
Windstar
Contour
Probe
Crown Victoria: Crown Vic, Police Interceptor, CrownVic
Police Interceptor Utility
Thunderbird: T-Bird, Tbird
Tempo
Aspire
Aerostar
Econoline: E-150, E150, E-250, E250, E-350, E350, E-Series, E-350 Super Duty, E-450, E450, Econoline Cargo+, E350 Super Duty, Econoline E150+, Econoline E250+, Econoline E350+
Club Wagon
GT: GT40
Transit: Transit Van+, Transit Kombi+, Transit Kasten+, Transit 150+, Transit 250+, Transit 350+, Transit-150+, Transit-250+, Transit-350+, Transit Cargo+, Transit Passenger+, E-Transit+, Transit Tourneo+, Transit Bus+, Transit T350+, Transit T250+, Transit Minibus+
Transit Custom: Transit Custom Kombi+, E-Transit Custom+, Custom
Transit Connect: Transit Connect Kombi+, Transit Connect Cargo+
Transit Courier: E-Transit Courier+
Tourneo: Tourneo~
Tourneo Connect#
Grand Tourneo Connect: Tourneo Connect Grand, Grand Tourneo
Tourneo Courier: E-Tourneo Courier+
Tourneo Custom: E-Tourneo Custom+
Cougar
Granada
Cortina
Consul
Anglia
Sierra: Sierra Cosworth+
Scorpio
Orion
Taunus
Maverick SUV
Fairlane
Falcon: Falcon UTE+
Galaxie: Galaxie 500+
Fairmont
LTD
Pinto
Torino: Gran Torino+
Model A
Model T
Ranchero
Territory
Everest
Courier
Laser
Telstar
Festiva
Econovan
Fusion (EU): Fusion Plus
Zephyr
Corsair
Trader
Streetka > Ford/StreetKa

=Chevrolet; Chevy, Chev, Chevrolet Trucks, Chevorlet, Cheverolet, Chevrolette, Chevrolet USA, Chevrolet (USA), +Corvette, GM Chevrolet, Chevolet, Chevrelot
@c[1-8]|gmt\\d+|k2xx
Astro
Avalanche: Avalanche 1500+
Aveo
Bel Air: Belair
Beretta
Blazer: Blazer EV+, Blazer RS+
S-10 Blazer
Bolt EV: Bolt, Bolt EV+
Bolt EUV
BrightDrop
C/K 1500: C1500, K1500, C-10, C10, K10, K-10, C/K, C20, K20, CK, C/K Pickup, 3100, C30, K30, C2500, K2500, C3500, K3500
Camaro: Camaro SS+, Camaro ZL1+, Camaro Z28+, Camaro RS+, Camaro Convertible+
Caprice: Caprice Classic+
Captiva: Captiva Sport+
Cavalier
Celebrity
Chevelle: Chevelle SS+
Chevette
Citation
City Express
Cobalt: Cobalt SS+
Colorado: Colorado ZR2+
Corsica
Corvair
Corvette: Corvette Stingray+, Corvette Z06+, Corvette ZR1+, Corvette Grand Sport+, Vette, Z06~+, Corvette E-Ray+, ZR1~+, Stingray~+, C7~+, C8~+, C6~+, C5~+, Corvette C8+, C4~+, C3~+
Cruze: Cruze Limited+
El Camino
Epica
Equinox: Equinox EV+
Evanda
Express: Express 1500+, Express 2500+, Express 3500+, Express Cargo+, Express G2500+, Express G1500+, Express G3500+, Express Van+, Express Passenger+
G20 Van: G10, G20, G30, Chevy Van, Sportvan, Beauville
HHR: HHR SS+
Impala: Impala Limited+, Impala SS+
Kalos
Lacetti
Lumina
Malibu: Malibu Classic+, Malibu Hybrid+, Malibu Limited+, Malibu Maxx+
Matiz
Monte Carlo: Monte Carlo SS+
Monza
Nova
Nubira
Orlando
Prizm
Rezzo: Tacuma
S-10: S10, S-10 Pickup, S10 Pickup
Silverado 1500: Silverado~, Silverado 1500 LD+, Silverado 1500 Limited+, Silverado 1500HD+, Silverado C1500+, Silverado K1500+, Silverado 1500 Hybrid+, Silverado C/K 1500+, Silverado SS+, Silverodo
Silverado 2500: Silverado 2500HD+, Silverado 2500 HD+, Silverado HD 2500, Silverado C2500+, Silverado K2500+, Silverado 2500 H D+
Silverado 3500: Silverado 3500HD+, Silverado 3500 HD+, Silverado C3500+, Silverado K3500+
Silverado EV
Sonic
Spark: Spark EV+
SS
SSR
Suburban: Suburban 1500+, Suburban 2500+, Suburban C1500+, Suburban K1500+
Tahoe: Tahoe Hybrid+
Tracker
Trailblazer: TrailBlazer EXT+, Trail Blazer, TrailBlazer SS+
Traverse: Traverse Limited+
Trax
Uplander
Vega
Venture
Volt
Nubira Wagon
Alero
Trans Sport

=GMC; GMC Trucks, G M C, GMC (USA)
Acadia: Acadia Limited+, Acadia Denali+
Canyon: Canyon Denali+, Canyon AT4+
Envoy: Envoy XL+, Envoy XUV+
Hummer EV: Hummer EV Pickup+, Hummer EV SUV+
Jimmy
S-15 Jimmy
S-15: S15
Safari
Savana: Savana 1500+, Savana 2500+, Savana 3500+, Savana Cargo+, Savana G2500+, Savana Van+
Sierra 1500: Sierra~, Sierra 1500 Limited+, Sierra 1500 Denali+, Sierra 1500HD+, Sierra C1500+, Sierra K1500+, Sierra Denali~+, Sierra 1500 Classic+
Sierra 2500: Sierra 2500HD+, Sierra 2500 HD+, Sierra 2500 Denali HD+, Sierra C2500+, Sierra K2500+
Sierra 3500: Sierra 3500HD+, Sierra 3500 HD+, Sierra 3500 Denali HD+, Sierra C3500+
Sierra EV
Sonoma
Suburban
Syclone
Typhoon
Terrain: Terrain Denali+
Vandura
Yukon: Yukon Denali+
Yukon XL: Yukon XL Denali+, Yukon XL 1500+, Yukon XL 2500+
C1500: C/K 1500, K1500
Caballero

=Ram; !RAM, Ram Trucks, RAM Truck
1500: Ram 1500, 1500 Classic+, 1500 TRX+, Ram 1500 Classic+, Ram 1500 Pickup, 1500 REV+, Ram 1500 TRX+, Ram 1500 Laramie+, TRX~+, 1500 Pickup
2500: Ram 2500, Ram 2500 Pickup, 2500 Power Wagon+, Ram 2500 Power Wagon+, Power Wagon~+
3500: Ram 3500, Ram 3500 Pickup, Ram 3500 DRW+
4500: Ram 4500
5500: Ram 5500
700
C/V: C/V Tradesman+, CV Tradesman, Cargo Van
Dakota
ProMaster: Pro Master, Promaster 1500+, Promaster 2500+, Promaster 3500+, Ram ProMaster, ProMaster Cargo Van+
ProMaster City: Promaster City

=Dodge; Dodge USA, Dodge Trucks, Doge
400
600
Aries
Avenger
Caliber: Caliber SRT4+
Caravan
Challenger: Challenger SRT+, Challenger R/T+, Challenger SRT Hellcat+, Challenger Hellcat+, Challenger SRT8+, Challenger SXT+
Charger: Charger SRT+, Charger R/T+, Charger SRT Hellcat+, Charger SRT8+, Charger Daytona+, Charger SXT+
Colt
Coronet
Dakota
Dart
Daytona
Durango: Durango SRT+, Durango Hellcat+, Durango R/T+
Dynasty
Grand Caravan: Grand Caravan Passenger+
Hornet: Hornet GT+, Hornet R/T+
Intrepid
Journey
Lancer
Magnum: Magnum SRT8+
Monaco
Neon: Neon SRT4+
Nitro
Omni
Polara
Ram Van: Ram Van 1500, Ram Van 2500, Ram Van 3500, B250, B150, B350
Ram Wagon
Shadow
Spirit
Sprinter
Stealth
Stratus
Super Bee
Viper: Viper SRT10+, Viper GTS+, Viper SRT-10+
D100: D150, D200, W150, D250, W200, W250, Power Ram
Ram 50
Ramcharger
Ram > Ram/1500
Ram 1500 > Ram/1500
Ram 2500 > Ram/2500
Ram 3500 > Ram/3500
Ram 4500 > Ram/4500
Ram 5500 > Ram/5500
Ram Pickup 1500 > Ram/1500
Ram Pickup 2500 > Ram/2500
Ram Pickup 3500 > Ram/3500
Ram 1500 Pickup > Ram/1500
Ram Pickup > Ram/1500
1500 > Ram/1500
2500 > Ram/2500
3500 > Ram/3500
ProMaster > Ram/ProMaster
ProMaster City > Ram/ProMaster City

=Chrysler; Crysler
@rg|rt
200: 200 S+, 200 Limited+
300: 300C+, 300 C+, 300 S+, 300S+, 300 Touring+, 300 Limited+, 300C Touring+, 300 SRT8+, 300C SRT8+
300M: 300 M
Airflow
Aspen
Cirrus
Concorde
Conquest
Cordoba
Crossfire: Crossfire Roadster+, Crossfire Limited+
Daytona
Delta
ES
Fifth Avenue
Grand Voyager: GrandVoyager
Imperial
Laser
LeBaron: Le Baron
LHS
Neon
New Yorker
Newport
Pacifica: Pacifica Hybrid+, Pacifica Touring+
Prowler
PT Cruiser: PT-Cruiser, PTCruiser, PT Cruiser Cabrio+, PT Cruiser Convertible+
Saratoga
Sebring: Sebring Convertible+, Sebring Sedan+
Stratus
TC: TC by Maserati
Town & Country: Town and Country, Town Country, T&C, Town & Country LWB+, TownCountry
Valiant
Viper
Vision
Voyager
Ypsilon
Jeep > Jeep/Cherokee
Cherokee > Jeep/Cherokee
Grand Cherokee > Jeep/Grand Cherokee
Wrangler > Jeep/Wrangler

=Jeep; Chrysler Jeep, Jeep Chrysler, Jeep USA
@[jwtxyzk][jklwgt]|wk2?|xj|zj|wj|yj|tj|jk|jl|jt|kl|kk|kj|mk|mp
Avenger: Avenger Electric+
Cherokee: Cherokee Trailhawk+, Cherokee Sport+
CJ-5: CJ5
CJ-7: CJ7
CJ-8: CJ8
CJ: CJ2A, CJ3B, CJ-2A, CJ3A, CJ-6, CJ6
Comanche
Commander
Commando
Compass: Compass 4xe+
Gladiator: Gladiator Rubicon+, Gladiator Mojave+
Grand Cherokee: Grand Cherokee L+, Grand Cherokee 4xe+, Grand Cherokee SRT+, Grand Cherokee SRT8+, Grand Cherokee Laredo+, Grand Cherokee Trackhawk+, Grand Cherokee Limited+, GrandCherokee, Cherokee Grand, Grand Cherokee WK+
Grand Wagoneer: Grand Wagoneer L+
J10: J-10, J20
Liberty
Patriot
Recon
Renegade: Renegade 4xe+
Wagoneer: Wagoneer L+
Wagoneer S
Willys: MB, Willys MB, M38
Wrangler: Wrangler Unlimited+, Wrangler JK+, Wrangler Rubicon+, Wrangler Sahara+, Wrangler 4xe+, Wrangler JK Unlimited+, JK Wrangler, Wrangler Sport+

=Cadillac; Caddilac, Cadilac, Caddillac
Allante
ATS: ATS-V+, ATS Coupe+
BLS
Brougham
Catera
Celestiq
Cimarron
CT4: CT4-V+
CT5: CT5-V+, CT5-V Blackwing+
CT6: CT6-V+
CTS: CTS-V+, CTS Coupe+, CTS Wagon+
DeVille: De Ville, Coupe DeVille, Sedan DeVille, Coupe de Ville, Sedan de Ville
DTS
Eldorado
ELR
Escalade: Escalade EXT+, Escalade-V+
Escalade ESV: ESV
Escalade IQ
Fleetwood
Lyriq
Optiq
Vistiq
Seville: Seville STS+, Seville SLS+
SRX
STS: STS-V+
XLR: XLR-V+
XT4
XT5
XT6
XTS
Series 62: 62 Series

=Buick
Allure
Cascada
Century
Electra
Enclave: Enclave Avenir+
Encore
Encore GX
Envision
Envista
GNX
Grand National
LaCrosse: La Crosse
LeSabre: Le Sabre
Lucerne
Park Avenue
Rainier
Reatta
Regal: Regal TourX+, Regal Sportback+, Regal GS+
Rendezvous
Riviera
Roadmaster
Skylark
Special
Super
Terraza
Verano
Wildcat

=Lincoln; !Lincoln
Aviator
Blackwood
Continental
Corsair
LS
Mark VII: Mark 7
Mark VIII: Mark 8
Mark IV
Mark V
Mark VI
Mark LT
MKC
MKS
MKT
MKX
MKZ: MKZ Hybrid+
Nautilus
Navigator: Navigator L+
Town Car: Towncar
Versailles
Zephyr

=Mercury; !Mercury
Capri
Comet
Cougar
Cyclone
Grand Marquis: Grand Marquis LS+
Marauder
Mariner
Milan
Montego
Monterey
Mountaineer
Mystique
Park Lane
Sable
Topaz
Tracer
Villager

=Oldsmobile; Olds
442
88: Eighty-Eight, Delta 88, Eighty Eight
98: Ninety-Eight
Achieva
Alero
Aurora
Bravada
Cutlass: Cutlass Supreme+, Cutlass Ciera+, Cutlass Calais+
Intrigue
LSS
Omega
Silhouette
Toronado
Vista Cruiser

=Pontiac
Aztek
Bonneville: Bonneville SSEi+
Catalina
Fiero
Firebird: Firebird Formula+, Firebird Trans Am+, Trans Am+
G3
G5
G6
G8: G8 GT+
Grand Am
Grand Prix
GTO
LeMans: Le Mans
Montana
Parisienne
Solstice
Sunbird
Sunfire
Tempest
Torrent
Trans Sport
Vibe

=Saturn; !Saturn
Astra
Aura
Ion
L-Series: LS, LW, L200, L300, LS1, LS2, LW300, L100
Outlook
Relay
S-Series: SL, SL1, SL2, SC1, SC2, SC, SW1, SW2
Sky
Vue

=Hummer
H1
H2: H2 SUT+
H3: H3T+

=Tesla; Tesla Motors, Telsa
Cybertruck: Cyber Truck
Model 3: Model3, Model III, Model 3 Performance+, Model 3 Long Range+
Model S: ModelS, Model S Plaid+, S, Model S 75D+, Model S 85+, Model S 100D+, Model S P100D+, Model S P85D+
Model X: ModelX, Model X Plaid+, X, Model X 75D+, Model X 100D+
Model Y: ModelY, Y, Model Y Performance+, Model Y Long Range+
Roadster
Semi

=Rivian
R1S
R1T
R2
EDV: Commercial Van, Delivery 700
=Lucid; !Lucid, Lucid Motors
Air: Air Pure+, Air Touring+, Air Grand Touring+
Gravity
=Fisker
Karma
Ocean
=Karma; !Karma
Revero
GS-6
=Faraday Future
FF 91
=VinFast
VF 6: VF6
VF 7: VF7
VF 8: VF8
VF 9: VF9
VF e34
=Scion; Toyota Scion
FR-S: FRS
iA
iM
iQ
tC
xA
xB
xD
=Plymouth
Acclaim
Barracuda: 'Cuda, Cuda
Breeze
Duster
Fury
Grand Voyager
Horizon
Laser
Neon
Prowler
Reliant
Road Runner: Roadrunner
Satellite
Sundance
Superbird
Valiant
Voyager
GTX
=AMC; American Motors
AMX
Eagle
Gremlin
Hornet
Javelin
Pacer
Rambler
Ambassador
=Eagle; !Eagle
Talon
Vision
Premier
Summit
=Geo; !Geo
Metro
Prizm
Storm
Tracker
=Studebaker
Avanti
Champion
Commander
Golden Hawk: Hawk
Lark
=Packard
Clipper
Caribbean
120
=DeSoto
Firedome
Fireflite
=Nash
Metropolitan
Rambler
=Hudson
Hornet
=Willys
Jeep
Jeepster
=International; International Harvester
Scout: Scout II
Travelall
=DeLorean; DMC
DMC-12: DMC 12, DMC12
=Shelby
Cobra
GT350: GT 350
GT500: GT 500
Series 1
=Saleen
S7
=SSC
Tuatara
=Hennessey
Venom
=Panoz
Esperante
=Freightliner
Sprinter: Sprinter 2500+, Sprinter 3500+
Cascadia
=Polaris; !Polaris
Slingshot
Ranger
RZR
=Scout; !Scout Motors
Terra
Traveler
=Holden; Holden HSV
Acadia
Adventra
Apollo
Astra
Barina: Barina Spark+
Berlina
Calais
Camira
Captiva
Colorado: Colorado 7
Combo
Commodore: VX Commodore+, VT Commodore+, VY Commodore+, VY2 Commodore+, VS Commodore+, VE Commodore+, VF Commodore+, VZ Commodore+, VU Utility+, VN Commodore+, VP Commodore+, VR Commodore+
Crewman
Cruze
Epica
Equinox
Frontera
Insignia
Jackaroo
Kingswood
Malibu
Monaro
Monterey
Rodeo: Rodeo 4X4+, Rodeo 4X2+
Spark
Statesman: Caprice
Suburban
Torana
Trailblazer
Trax
Ute: One Tonner, VS Utility
Vectra
Viva
Volt
Zafira
=HSV
Clubsport
GTS
Maloo
Senator
`;
