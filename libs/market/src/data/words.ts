import type { Body, Colour, Condition, DamageType, Drivetrain, Fuel, Gearbox, ListingStatus, TitleStatus } from '@autobroker/kernel';
import type { Language } from '../sources';

/** How a country's sites say our codes. A second word after `|` is what the other sites there say. */
export interface Words {
  readonly fuel: Readonly<Record<Fuel, string>>;
  readonly gearbox: Readonly<Record<Gearbox, string>>;
  readonly drivetrain: Readonly<Record<Drivetrain, string>>;
  readonly body: Readonly<Record<Body, string>>;
  readonly colour: Readonly<Record<Colour, string>>;
  readonly damage: Readonly<Record<DamageType, string>>;
  readonly title: Readonly<Record<TitleStatus, string>>;
  readonly condition: Readonly<Record<Condition, string>>;
  readonly status: Readonly<Record<ListingStatus, string>>;
  readonly seller: Readonly<Record<'dealer' | 'private' | 'auction', string>>;
  readonly priceNote: Readonly<Record<'on_request' | 'negotiable' | 'fixed' | 'vat_deductible', string>>;
}

const american: Words = {
  fuel: { petrol: 'Gasoline|Gas', diesel: 'Diesel', hybrid: 'Hybrid|Gas/Electric Hybrid', plug_in_hybrid: 'Plug-In Hybrid|Plug-in Gas/Electric Hybrid', electric: 'Electric', lpg: 'Propane|LPG', cng: 'Natural Gas|CNG', hydrogen: 'Hydrogen|Hydrogen Fuel Cell', ethanol: 'Flex Fuel|E85 Flex Fuel', other: 'Other' },
  gearbox: { manual: 'Manual|6-Speed Manual', automatic: 'Automatic|8-Speed Automatic', semi_automatic: 'Automated Manual|Auto-Manual' },
  drivetrain: { fwd: 'Front-wheel Drive|FWD', rwd: 'Rear-wheel Drive|RWD', awd: 'All-wheel Drive|AWD|4WD' },
  body: { hatchback: 'Hatchback', sedan: 'Sedan', estate: 'Wagon', suv: 'SUV|SUV / Crossover', coupe: 'Coupe', convertible: 'Convertible', pickup: 'Pickup Truck|Truck', minivan: 'Minivan', van: 'Cargo Van|Van', other: 'Other' },
  colour: { black: 'Black|Midnight Black|Jet Black', white: 'White|Oxford White|Pearl White', silver: 'Silver|Classic Silver Metallic', grey: 'Gray|Magnetic Gray|Charcoal', blue: 'Blue|Deep Blue Metallic', red: 'Red|Ruby Red', green: 'Green|Forest Green', brown: 'Brown|Mocha Brown', beige: 'Beige|Tan', yellow: 'Yellow', orange: 'Orange|Burnt Orange', gold: 'Gold|Champagne', purple: 'Purple', other: 'Other' },
  damage: { none: 'None', unknown: 'Unknown', front: 'Front End|FRONT END', rear: 'Rear End|REAR END', side: 'Side|Left Side|Right Side', all_over: 'All Over|ALL OVER', hail: 'Hail|HAIL', flood: 'Water/Flood|WATER/FLOOD', fire: 'Burn|Burn - Engine', mechanical: 'Mechanical|MECHANICAL', vandalism: 'Vandalism|VANDALISM', other: 'Minor Dent/Scratches|Undercarriage' },
  title: { clean: 'Clean Title|Clean', unknown: 'Unknown|Missing', salvage: 'Salvage Title|Salvage', rebuilt: 'Rebuilt Title|Rebuilt', lemon: 'Lemon|Lemon / Buyback', export_only: 'Export Only|Certificate of Destruction - Export', parts_only: 'Parts Only|Non-Repairable' },
  condition: { new: 'New', demonstration: 'Demo|Certified Pre-Owned', used: 'Used|Excellent|Good', damaged: 'Damaged|Fair', not_running: 'Not Running|For parts or not working' },
  status: { active: 'Available|Active', reserved: 'Sale Pending|Pending', sold: 'Sold|This vehicle has been sold', removed: 'No longer available|Listing removed' },
  seller: { dealer: 'Dealer|Dealership', private: 'Private Seller|Owner', auction: 'Auction|Insurance' },
  priceNote: { on_request: 'Call for price|Contact dealer for price', negotiable: 'OBO|Or best offer', fixed: 'Firm|No-haggle price', vat_deductible: 'Plus tax' },
};

const british: Words = {
  ...american,
  fuel: { ...american.fuel, petrol: 'Petrol', hybrid: 'Petrol Hybrid|Hybrid', plug_in_hybrid: 'Petrol Plug-in Hybrid|Plug-in Hybrid', lpg: 'LPG|Bi Fuel', ethanol: 'Bioethanol' },
  gearbox: { manual: 'Manual', automatic: 'Automatic', semi_automatic: 'Semi-Automatic|Semi-auto' },
  drivetrain: { fwd: 'Front Wheel Drive|FWD', rwd: 'Rear Wheel Drive|RWD', awd: 'Four Wheel Drive|4WD|4x4' },
  body: { ...american.body, sedan: 'Saloon', estate: 'Estate', suv: 'SUV|4x4', coupe: 'Coupe|Coupé', convertible: 'Convertible|Cabriolet', pickup: 'Pickup|Pick-up', minivan: 'MPV|People carrier', van: 'Panel Van|Van' },
  colour: { ...american.colour, white: 'White|Arctic White', grey: 'Grey|Graphite', silver: 'Silver|Tungsten Silver', beige: 'Beige|Sand' },
  damage: { ...american.damage, front: 'Front damage', rear: 'Rear damage', side: 'Side damage', other: 'Cat N|Light damage' },
  condition: { new: 'New', demonstration: 'Ex-demonstrator', used: 'Used|Used - good', damaged: 'Accident damaged|Cat S', not_running: 'Non-runner|Spares or repair' },
  status: { active: 'Available', reserved: 'Reserved|Under offer', sold: 'Sold|This item has sold', removed: 'No longer available|This ad has expired' },
  seller: { dealer: 'Trade|Dealer', private: 'Private', auction: 'Auction' },
  priceNote: { on_request: 'POA|Price on application', negotiable: 'ONO|Or nearest offer', fixed: 'Fixed price|No offers', vat_deductible: 'Plus VAT|VAT qualifying' },
};

const german: Words = {
  fuel: { petrol: 'Benzin|Super 95', diesel: 'Diesel', hybrid: 'Hybrid (Benzin/Elektro)|Elektro/Benzin', plug_in_hybrid: 'Plug-in-Hybrid|Hybrid (Benzin/Elektro), Plug-in-Hybrid', electric: 'Elektro|Elektrisch|Strom', lpg: 'Autogas (LPG)|LPG', cng: 'Erdgas (CNG)|Erdgas', hydrogen: 'Wasserstoff', ethanol: 'Ethanol|Ethanol (FFV, E85 etc.)', other: 'Andere' },
  gearbox: { manual: 'Schaltgetriebe|Manuell', automatic: 'Automatik|Automatikgetriebe', semi_automatic: 'Halbautomatik' },
  drivetrain: { fwd: 'Frontantrieb|Front', rwd: 'Heckantrieb|Heck', awd: 'Allrad|Allradantrieb' },
  body: { hatchback: 'Kleinwagen|Schrägheck', sedan: 'Limousine', estate: 'Kombi', suv: 'SUV/Geländewagen/Pickup|SUV', coupe: 'Sportwagen/Coupé|Coupé', convertible: 'Cabrio/Roadster|Cabrio', pickup: 'Pritschenwagen/Pickup|Pickup', minivan: 'Van/Kleinbus|Van', van: 'Transporter|Kastenwagen', other: 'Sonstige' },
  colour: { black: 'Schwarz|Schwarz Metallic|Deep Black Perleffekt', white: 'Weiß|Pure White|Weiß Metallic', silver: 'Silber|Silber Metallic', grey: 'Grau|Grau Metallic|Anthrazit', blue: 'Blau|Blau Metallic', red: 'Rot|Tornadorot', green: 'Grün|Grün Metallic', brown: 'Braun|Braun Metallic', beige: 'Beige|Beige Metallic', yellow: 'Gelb', orange: 'Orange', gold: 'Gold|Gold Metallic', purple: 'Violett|Lila', other: 'Sonstige' },
  damage: { none: 'Unfallfrei|Kein Schaden', unknown: 'Unbekannt', front: 'Frontschaden', rear: 'Heckschaden', side: 'Seitenschaden', all_over: 'Rundumschaden|Totalschaden', hail: 'Hagelschaden', flood: 'Wasserschaden', fire: 'Brandschaden', mechanical: 'Motorschaden|Getriebeschaden', vandalism: 'Vandalismusschaden', other: 'Unfallfahrzeug|Beschädigt' },
  title: { clean: 'Fahrzeugbrief vorhanden', unknown: 'Keine Angabe', salvage: 'Totalschaden', rebuilt: 'Instandgesetzt', lemon: 'Wandlung', export_only: 'Nur Export', parts_only: 'Nur für Ersatzteile|Ausschlachtfahrzeug' },
  condition: { new: 'Neuwagen|Neu', demonstration: 'Vorführfahrzeug|Tageszulassung', used: 'Gebrauchtfahrzeug|Gebraucht|Gebrauchtwagen', damaged: 'Unfallfahrzeug|Beschädigt', not_running: 'Nicht fahrtauglich|Nicht fahrbereit' },
  status: { active: 'Verfügbar', reserved: 'Reserviert', sold: 'Verkauft', removed: 'Nicht mehr verfügbar|Anzeige gelöscht' },
  seller: { dealer: 'Händler|Autohändler', private: 'Privat|Privatanbieter', auction: 'Auktion' },
  priceNote: { on_request: 'Preis auf Anfrage|Auf Anfrage', negotiable: 'VB|Verhandlungsbasis', fixed: 'Festpreis|FP', vat_deductible: 'MwSt. ausweisbar' },
};

const italian: Words = {
  fuel: { petrol: 'Benzina', diesel: 'Diesel|Gasolio', hybrid: 'Elettrica/Benzina|Ibrida', plug_in_hybrid: 'Ibrida Plug-in|Elettrica/Benzina', electric: 'Elettrica', lpg: 'GPL', cng: 'Metano', hydrogen: 'Idrogeno', ethanol: 'Etanolo', other: 'Altro' },
  gearbox: { manual: 'Manuale', automatic: 'Automatico', semi_automatic: 'Semiautomatico' },
  drivetrain: { fwd: 'Anteriore|Trazione anteriore', rwd: 'Posteriore|Trazione posteriore', awd: '4x4|Trazione integrale' },
  body: { hatchback: 'City Car|Due volumi', sedan: 'Berlina', estate: 'Station Wagon', suv: 'SUV/Fuoristrada/Pick-up|SUV', coupe: 'Coupé', convertible: 'Cabrio|Decappottabile', pickup: 'Pick-up', minivan: 'Monovolume', van: 'Furgoni/Van|Furgone', other: 'Altro' },
  colour: { black: 'Nero|Nero metallizzato', white: 'Bianco|Bianco perla', silver: 'Argento|Argento metallizzato', grey: 'Grigio|Grigio scuro', blue: 'Blu/Azzurro|Blu', red: 'Rosso', green: 'Verde', brown: 'Marrone', beige: 'Beige', yellow: 'Giallo', orange: 'Arancione', gold: 'Oro', purple: 'Lilla|Viola', other: 'Altro' },
  damage: { none: 'Senza incidenti', unknown: 'Sconosciuto', front: 'Danni anteriori', rear: 'Danni posteriori', side: 'Danni laterali', all_over: 'Danni ovunque', hail: 'Danni da grandine', flood: 'Danni da alluvione', fire: 'Incendiata', mechanical: 'Guasto meccanico|Motore da rifare', vandalism: 'Atti vandalici', other: 'Incidentata' },
  title: { clean: 'Regolare', unknown: 'Non indicato', salvage: 'Sinistrata', rebuilt: 'Riparata', lemon: 'Ritirata', export_only: 'Solo export', parts_only: 'Solo per ricambi' },
  condition: { new: 'Nuovo', demonstration: 'Veicolo dimostrativo|Km 0', used: 'Usato', damaged: 'Incidentato', not_running: 'Non marciante' },
  status: { active: 'Disponibile', reserved: 'Riservato|In trattativa', sold: 'Venduto', removed: 'Non più disponibile' },
  seller: { dealer: 'Rivenditore|Concessionario', private: 'Privato', auction: 'Asta' },
  priceNote: { on_request: 'Prezzo su richiesta|Trattativa riservata', negotiable: 'Trattabile', fixed: 'Prezzo fisso', vat_deductible: 'IVA deducibile|IVA esposta' },
};

const french: Words = {
  fuel: { petrol: 'Essence', diesel: 'Diesel|Gazole', hybrid: 'Electrique/Essence|Hybride', plug_in_hybrid: 'Hybride rechargeable|Electrique/Essence', electric: 'Electrique|Électrique', lpg: 'GPL', cng: 'GNV|Gaz naturel', hydrogen: 'Hydrogène', ethanol: 'Ethanol|Bioéthanol', other: 'Autre' },
  gearbox: { manual: 'Boîte manuelle|Manuelle', automatic: 'Boîte automatique|Automatique', semi_automatic: 'Semi-automatique' },
  drivetrain: { fwd: 'Avant|Traction', rwd: 'Arrière|Propulsion', awd: '4x4|Intégrale' },
  body: { hatchback: 'Citadine|Compacte', sedan: 'Berline', estate: 'Break', suv: 'SUV/4x4/Pick-Up|SUV', coupe: 'Coupé', convertible: 'Cabriolet', pickup: 'Pick-up', minivan: 'Monospace', van: 'Utilitaire|Fourgon', other: 'Autre' },
  colour: { black: 'Noir|Noir métallisé', white: 'Blanc|Blanc nacré', silver: 'Argent', grey: 'Gris|Gris anthracite', blue: 'Bleu|Bleu métallisé', red: 'Rouge', green: 'Vert', brown: 'Marron', beige: 'Beige', yellow: 'Jaune', orange: 'Orange', gold: 'Or|Doré', purple: 'Violet', other: 'Autre' },
  damage: { none: 'Non accidenté', unknown: 'Inconnu', front: 'Choc avant', rear: 'Choc arrière', side: 'Choc latéral', all_over: 'Dommages multiples', hail: 'Grêlé|Dommages de grêle', flood: 'Inondé', fire: 'Incendié', mechanical: 'Panne moteur|Moteur HS', vandalism: 'Vandalisme', other: 'Accidenté' },
  title: { clean: 'Carte grise en règle', unknown: 'Non précisé', salvage: 'VEI|Économiquement irréparable', rebuilt: 'Réparé VEI', lemon: 'Repris constructeur', export_only: 'Export uniquement', parts_only: 'Pour pièces' },
  condition: { new: 'Neuf', demonstration: 'Véhicule de démonstration', used: 'Occasion', damaged: 'Accidenté', not_running: 'Non roulant' },
  status: { active: 'Disponible', reserved: 'Réservé', sold: 'Vendu', removed: "N'est plus disponible|Annonce supprimée" },
  seller: { dealer: 'Professionnel|Pro', private: 'Particulier', auction: 'Enchères' },
  priceNote: { on_request: 'Prix sur demande|Nous consulter', negotiable: 'À débattre|Prix négociable', fixed: 'Prix ferme', vat_deductible: 'TVA récupérable' },
};

export const words: Readonly<Record<Language, Words>> = { 'en-US': american, 'en-GB': british, de: german, it: italian, fr: french };
