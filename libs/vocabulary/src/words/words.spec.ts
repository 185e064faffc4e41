import { bodies, colours, conditions, damageTypes, drivetrains, fuels, gearboxes, listingStatuses, titleStatuses } from '@autobroker/kernel';
import { colourRows } from '../data/words/colour';
import { bodyRows, drivetrainRows, fuelRows, gearboxRows } from '../data/words/drive';
import { featureRows, features } from '../data/words/feature';
import { conditionRows, damageRows, listingRows, titleRows } from '../data/words/state';
import { colourOf } from './colours';
import { bodyOf, conditionOf, damageOf, drivetrainOf, featureOf, featuresIn, fuelOf, gearboxOf, listingStatusOf, titleStatusOf } from './words';

const says = (of: (text: string) => string | null, cases: Record<string, string>): void => {
  for (const [text, value] of Object.entries(cases)) expect([text, of(text)]).toEqual([text, value]);
};

describe('the words of seven languages', () => {
  it('reach every value of the closed vocabularies', () => {
    const values = (rows: readonly (readonly [string, string])[]): Set<string> => new Set(rows.map(([value]) => value));
    expect(values(fuelRows)).toEqual(new Set(fuels));
    expect(values(gearboxRows)).toEqual(new Set(gearboxes));
    expect(values(drivetrainRows)).toEqual(new Set(drivetrains));
    expect(values(bodyRows)).toEqual(new Set(bodies));
    expect(values(colourRows)).toEqual(new Set(colours));
    expect(values(damageRows)).toEqual(new Set(damageTypes));
    expect(values(titleRows)).toEqual(new Set(titleStatuses));
    expect(values(conditionRows)).toEqual(new Set(conditions));
    expect(values(listingRows)).toEqual(new Set(listingStatuses));
    expect(values(featureRows)).toEqual(new Set(features));
  });

  it('fuel', () => {
    says(fuelOf, {
      Benzin: 'petrol', Essence: 'petrol', Benzina: 'petrol', Gasolina: 'petrol', Benzine: 'petrol', Benzyna: 'petrol', Gasoline: 'petrol', Gas: 'petrol', 'Super 95': 'petrol', 'Regular Unleaded': 'petrol',
      Diesel: 'diesel', Gazole: 'diesel', Gasolio: 'diesel', 'Gasóleo diesel': 'diesel', 'Olej napędowy': 'diesel',
      'Electric/Gasoline': 'hybrid', 'Electric/Diesel': 'hybrid', 'Elektro/Benzin': 'hybrid', 'Hybrid (Benzin/Elektro)': 'hybrid', 'Petrol Hybrid': 'hybrid', 'Mild Hybrid': 'hybrid', Hybryda: 'hybrid', Ibrida: 'hybrid',
      'Plug-in-Hybrid': 'plug_in_hybrid', 'Plug-In Hybrid Gas': 'plug_in_hybrid', 'Hybride rechargeable': 'plug_in_hybrid', PHEV: 'plug_in_hybrid',
      Elektro: 'electric', Électrique: 'electric', Elettrica: 'electric', Elektryczny: 'electric', Electric: 'electric',
      'Autogas (LPG)': 'lpg', GPL: 'lpg', 'Benzyna+LPG': 'lpg', 'Erdgas (CNG)': 'cng', Metano: 'cng', Wasserstoff: 'hydrogen', 'Flex Fuel Vehicle': 'ethanol', E85: 'ethanol', Others: 'other',
    });
    expect(fuelOf('-/- (Fuel)')).toBeNull();
    expect(fuelOf('red')).toBeNull();
  });

  it('gearbox and drive', () => {
    says(gearboxOf, {
      Schaltgetriebe: 'manual', Manuelle: 'manual', Manuale: 'manual', Handgeschakeld: 'manual', Manualna: 'manual', '6-Speed Manual': 'manual', '6 speed': 'manual', '6-Gang': 'manual',
      Automatik: 'automatic', Automatique: 'automatic', Automatico: 'automatic', Automaat: 'automatic', Automatyczna: 'automatic', '8-Speed Automatic': 'automatic', CVT: 'automatic', DSG: 'automatic', '7-Speed Dual Clutch': 'automatic', '4spd Automatic': 'automatic', 'Automatic with manual mode': 'automatic', 'S tronic': 'automatic',
      Halbautomatik: 'semi_automatic', 'Semi-automatic': 'semi_automatic', 'Semi-Auto': 'semi_automatic',
    });
    says(drivetrainOf, { Allrad: 'awd', '4x4': 'awd', quattro: 'awd', xDrive: 'awd', '4-Wheel Drive': 'awd', 'All-wheel drive': 'awd', 'Trazione integrale': 'awd', 'Napęd na 4 koła': 'awd', Heckantrieb: 'rwd', Propulsion: 'rwd', RWD: 'rwd', 'Rear-wheel Drive': 'rwd', Frontantrieb: 'fwd', Traction: 'fwd', Voorwielaandrijving: 'fwd', 'Front Wheel Drive': 'fwd' });
  });

  it('body', () => {
    says(bodyOf, {
      Limousine: 'sedan', Saloon: 'sedan', Berline: 'sedan', Berlina: 'sedan', Kombi: 'estate', 'Station Wagon': 'estate', Break: 'estate', Familiar: 'estate', Estate: 'estate', 'SUV/Geländewagen/Pickup': 'suv', SUV: 'suv', 'Sport Utility': 'suv', Todoterreno: 'suv', Cabrio: 'convertible', Décapotable: 'convertible', Roadster: 'convertible',
      Coupé: 'coupe', 'Sportwagen/Coupé': 'coupe', Kleinwagen: 'hatchback', Hatchback: 'hatchback', Citadine: 'hatchback', 'Van/Kleinbus': 'minivan', MPV: 'minivan', Monovolume: 'minivan', Minivan: 'minivan', Kastenwagen: 'van', 'Cargo Van': 'van', 'Crew Cab Pickup': 'pickup', 'Pickup Truck': 'pickup', 'Double Cab': 'pickup',
    });
  });

  it('colour, with its trade names', () => {
    says(colourOf, {
      Schwarz: 'black', Noir: 'black', 'Deep Black Pearl': 'black', Brillantschwarz: 'black', 'Obsidian Black Metallic': 'black', Alpinweiß: 'white', 'Pearl White': 'white', 'Candy-Weiß': 'white', 'Blanc nacré': 'white', Gunmetal: 'grey', 'Grau metallic': 'grey', Nardograu: 'grey', 'Midnight Silver Metallic': 'grey', Anthrazit: 'grey',
      Silber: 'silver', Mondsteinsilber: 'silver', 'Arctic Silver': 'silver', Bleu: 'blue', 'Bleu nuit': 'blue', 'Midnight Blue': 'blue', Dunkelblau: 'blue', Niebieski: 'blue', Rot: 'red', 'Soul Red Crystal': 'red', Bordeaux: 'red', Grün: 'green', 'British Racing Green': 'green', Braun: 'brown', Beige: 'beige', Gelb: 'yellow', Pomarańczowy: 'orange', Gold: 'gold', Violett: 'purple', 'white with black roof': 'white', 'BLACK / TAN': 'black',
    });
    expect(colourOf('Metallic')).toBeNull();
  });
});

describe('the state of a car', () => {
  it('damage as auctions and sellers name it', () => {
    says(damageOf, {
      'FRONT END': 'front', 'REAR END': 'rear', 'ALL OVER': 'all_over', HAIL: 'hail', 'WATER/FLOOD': 'flood', BURN: 'fire', 'BURN - ENGINE': 'fire', MECHANICAL: 'mechanical', VANDALISM: 'vandalism', SIDE: 'side', 'LEFT SIDE': 'side', ROLLOVER: 'all_over', 'MINOR DENT/SCRATCHES': 'other', UNDERCARRIAGE: 'other', 'NORMAL WEAR': 'none', 'DAMAGE HISTORY': 'other',
      Unfallwagen: 'other', Unfallfrei: 'none', 'Kein Unfallschaden': 'none', Hagelschaden: 'hail', Motorschaden: 'mechanical', Frontschaden: 'front', 'Front Damage, Water Damage': 'flood', 'Left Side Damage, Structural Damage': 'side', Accidenté: 'other', Incidentata: 'other', 'Schadevrij': 'none', Bezwypadkowy: 'none', 'No accidents reported': 'none', 'Cat S': 'other', 'Bad engine': 'mechanical', 'LEFT FRONT': 'front',
    });
    for (const text of ['brand new tyres', 'one owner', '']) expect(damageOf(text)).toBeNull();
  });

  it('what is written on the title', () => {
    says(titleStatusOf, {
      'Clean title': 'clean', CLEAN: 'clean', 'CERTIFICATE OF TITLE': 'clean', 'SALVAGE CERTIFICATE': 'salvage', 'TX - SALVAGE VEHICLE TITLE': 'salvage', 'Rebuilt title': 'rebuilt', 'PRIOR SALVAGE': 'rebuilt', 'CERT OF DESTRUCTION': 'parts_only', 'NON-REPAIRABLE': 'parts_only', JUNK: 'parts_only', 'Cat S': 'salvage', 'Category N': 'salvage', 'Cat C': 'salvage', 'Cat D': 'salvage', 'Cat B': 'parts_only', 'Lemon law buyback': 'lemon', 'Export only': 'export_only', 'HPI clear': 'clean', 'Parts only': 'parts_only', 'Teileträger': 'parts_only',
    });
  });

  it('condition', () => {
    says(conditionOf, { Used: 'used', Gebrauchtwagen: 'used', "Véhicule d'occasion": 'used', Usato: 'used', Tweedehands: 'used', Używany: 'used', 'Certified Pre-Owned': 'used', 'https://schema.org/UsedCondition': 'used', New: 'new', Neuwagen: 'new', NewCondition: 'new', Vorführwagen: 'demonstration', Demonstration: 'demonstration', 'Pre-registered': 'demonstration', Tageszulassung: 'demonstration', "Employee's car": 'demonstration', Unfallfahrzeug: 'damaged', 'Spares or repair': 'damaged', 'Nicht fahrbereit': 'not_running', "Doesn't run": 'not_running' });
  });

  it('how the offer stands', () => {
    says(listingStatusOf, { Verkauft: 'sold', SOLD: 'sold', Vendu: 'sold', 'https://schema.org/SoldOut': 'sold', Reserviert: 'reserved', 'Sale pending': 'reserved', 'Under offer': 'reserved', 'No longer available': 'removed', 'Anzeige nicht mehr verfügbar': 'removed', 'This listing has expired': 'removed', 'This posting has been deleted by its author.': 'removed', 'https://schema.org/InStock': 'active', Available: 'active', 'No reserve': 'active', 'Noch nicht verkauft': 'active' });
    expect(listingStatusOf('BMW 320d')).toBeNull();
  });

  it('features', () => {
    says(featureOf, { Sitzheizung: 'heated_seats', 'Heated Front Seats': 'heated_seats', 'Sièges chauffants': 'heated_seats', Navigationssystem: 'navigation', 'Sat Nav': 'navigation', Anhängerkupplung: 'tow_bar', Trekhaak: 'tow_bar', 'Apple CarPlay': 'apple_carplay', Klimaanlage: 'air_conditioning', Klimaautomatik: 'climate_control', 'Adaptive Cruise Control': 'adaptive_cruise_control', Tempomat: 'cruise_control', 'Backup Camera': 'rear_camera', Panoramadach: 'panoramic_roof', 'Jantes alliage': 'alloy_wheels' });
    expect(featuresIn('Leder, Navi, Sitzheizung, Xenon, AHK').sort()).toEqual(['heated_seats', 'leather_seats', 'navigation', 'tow_bar', 'xenon_headlights']);
  });
});
