import type { Language, PaperVehicle } from './paper';
import { words, type Words } from './words';

/** What a car is called by its maker. */
export const carName = ({ make, model, trim }: PaperVehicle): string => [make, model, trim].filter((part) => part !== null && part !== '').join(' ');

type Names = Readonly<Record<string, Words>>;

/** What is in our vocabulary in its words, anything else as it was written. `none` and what nobody knows is nothing to say. */
export function said(names: Names, value: string | null, language: Language): string | null {
  if (value === null || value === 'none' || value === 'unknown') return null;
  return names[value]?.[language] ?? value;
}

export const colourNames: Names = {
  black: words('black', 'Schwarz', 'nero'),
  white: words('white', 'Weiß', 'bianco'),
  silver: words('silver', 'Silber', 'argento'),
  grey: words('grey', 'Grau', 'grigio'),
  blue: words('blue', 'Blau', 'blu'),
  red: words('red', 'Rot', 'rosso'),
  green: words('green', 'Grün', 'verde'),
  brown: words('brown', 'Braun', 'marrone'),
  beige: words('beige', 'Beige', 'beige'),
  yellow: words('yellow', 'Gelb', 'giallo'),
  orange: words('orange', 'Orange', 'arancione'),
  gold: words('gold', 'Gold', 'oro'),
  purple: words('purple', 'Violett', 'viola'),
  other: words('another colour', 'Andere Farbe', 'altro colore'),
};

export const conditionNames: Names = {
  new: words('new', 'Neu', 'nuovo'),
  demonstration: words('demonstration car', 'Vorführwagen', 'dimostrativo'),
  used: words('used', 'Gebraucht', 'usato'),
  damaged: words('damaged', 'Beschädigt', 'danneggiato'),
  not_running: words('does not run', 'Nicht fahrbereit', 'non marciante'),
};

export const titleNames: Names = {
  clean: words('clean', 'Ohne Einträge', 'regolare'),
  salvage: words('salvage', 'Totalschaden (Salvage)', 'relitto (salvage)'),
  rebuilt: words('rebuilt', 'Wiederaufgebaut (Rebuilt)', 'ricostruito (rebuilt)'),
  lemon: words('lemon law return', 'Herstellerrücknahme (Lemon)', 'ritiro del costruttore (lemon)'),
  export_only: words('for export only', 'Nur für den Export', 'solo per esportazione'),
  parts_only: words('for parts only', 'Nur als Teileträger', 'solo per ricambi'),
};

export const damageNames: Names = {
  front: words('front', 'Frontschaden', 'anteriore'),
  rear: words('rear', 'Heckschaden', 'posteriore'),
  side: words('side', 'Seitenschaden', 'laterale'),
  all_over: words('all over', 'Rundumschaden', 'diffuso'),
  hail: words('hail', 'Hagelschaden', 'grandine'),
  flood: words('flood', 'Wasserschaden', 'alluvione'),
  fire: words('fire', 'Brandschaden', 'incendio'),
  mechanical: words('mechanical', 'Technischer Schaden', 'meccanico'),
  other: words('other damage', 'Sonstiger Schaden', 'altro danno'),
  vandalism: words('vandalism', 'Vandalismus', 'atti vandalici'),
};
