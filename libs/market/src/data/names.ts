import type { MarketCountry } from '../sources';

export const firstNames: Readonly<Record<MarketCountry, readonly string[]>> = {
  US: ['James', 'Maria', 'Robert', 'Linda', 'Michael', 'Ashley', 'David', 'Jessica', 'Carlos', 'Emily', 'Brian', 'Megan', 'Kevin', 'Tyler', 'Denise', 'Brandon'],
  DE: ['Thomas', 'Sabine', 'Andreas', 'Petra', 'Stefan', 'Anna', 'Michael', 'Julia', 'Markus', 'Mehmet', 'Jürgen', 'Heike', 'Florian', 'Katrin', 'Lukas', 'Ayşe'],
  GB: ['Oliver', 'Amelia', 'George', 'Emma', 'Harry', 'Sophie', 'Mohammed', 'Charlotte', 'Callum', 'Priya', 'Gareth', 'Fiona', 'Stuart', 'Nicola'],
  IT: ['Marco', 'Giulia', 'Luca', 'Francesca', 'Giuseppe', 'Chiara', 'Alessandro', 'Elena', 'Davide', 'Paola'],
  FR: ['Pierre', 'Camille', 'Julien', 'Sophie', 'Nicolas', 'Marie', 'Antoine', 'Claire', 'Mathieu', 'Nadia'],
};

export const lastNames: Readonly<Record<MarketCountry, readonly string[]>> = {
  US: ['Johnson', 'Garcia', 'Miller', 'Davis', 'Rodriguez', 'Wilson', 'Anderson', 'Thompson', 'Nguyen', 'Jackson', 'Harris', 'Clark', 'Lewis', 'Walker'],
  DE: ['Müller', 'Schmidt', 'Schneider', 'Fischer', 'Weber', 'Meyer', 'Wagner', 'Becker', 'Schulz', 'Hoffmann', 'Yılmaz', 'Krüger', 'Hartmann', 'Lehmann', 'Köhler'],
  GB: ['Smith', 'Jones', 'Taylor', 'Brown', 'Williams', 'Evans', 'Thomas', 'Patel', 'Wright', 'Robinson', 'Hughes', 'Murphy', 'Campbell'],
  IT: ['Rossi', 'Russo', 'Ferrari', 'Esposito', 'Bianchi', 'Romano', 'Colombo', 'Ricci', 'Marino', 'Greco'],
  FR: ['Martin', 'Bernard', 'Dubois', 'Thomas', 'Robert', 'Petit', 'Durand', 'Leroy', 'Moreau', 'Lefebvre'],
};

export const companyNames: Readonly<Record<MarketCountry, readonly string[]>> = {
  US: ['{last} Auto Group of {city}', '{city} Motor Company', '{last} Pre-Owned', 'Sunrise Motors {city}', '{last} & Sons Auto Sales', 'Premier Auto {city}', 'Lone Star Cars {city}', '{last} Family Dealership'],
  DE: ['Autohaus {last} GmbH', 'Autohaus {last} & Sohn {city}', 'Automobile {last}', 'Autozentrum {city}', 'Gebrauchtwagen {last}', 'Autoforum {city} GmbH & Co. KG', 'KFZ-Handel {last}'],
  GB: ['{last} Motors Ltd', 'Kingsway Cars {city}', '{last} Car Sales', '{city} Car Centre', '{last} & Co Motor Company', 'Station Garage {city}'],
  IT: ['Autosalone {last}', '{last} Auto S.r.l.', 'Concessionaria {city} Motori', 'Auto {last} {city}', 'Gruppo {last} S.p.A.'],
  FR: ['Garage {last}', '{city} Automobiles', 'Groupe {last}', 'Auto Sélection {city}', 'Espace Occasion {last}'],
};
