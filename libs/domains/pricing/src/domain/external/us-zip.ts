/** A ZIP code in the middle of each state's people: the guide books ask for one, and most listings name a state alone. */
const states: readonly (readonly [code: string, name: string, zip: string])[] = [
  ['AL', 'Alabama', '35203'], ['AK', 'Alaska', '99501'], ['AZ', 'Arizona', '85004'], ['AR', 'Arkansas', '72201'], ['CA', 'California', '90012'],
  ['CO', 'Colorado', '80202'], ['CT', 'Connecticut', '06103'], ['DE', 'Delaware', '19801'], ['DC', 'District of Columbia', '20001'], ['FL', 'Florida', '32801'],
  ['GA', 'Georgia', '30303'], ['HI', 'Hawaii', '96813'], ['ID', 'Idaho', '83702'], ['IL', 'Illinois', '60602'], ['IN', 'Indiana', '46204'],
  ['IA', 'Iowa', '50309'], ['KS', 'Kansas', '67202'], ['KY', 'Kentucky', '40202'], ['LA', 'Louisiana', '70112'], ['ME', 'Maine', '04101'],
  ['MD', 'Maryland', '21202'], ['MA', 'Massachusetts', '02108'], ['MI', 'Michigan', '48226'], ['MN', 'Minnesota', '55401'], ['MS', 'Mississippi', '39201'],
  ['MO', 'Missouri', '63101'], ['MT', 'Montana', '59101'], ['NE', 'Nebraska', '68102'], ['NV', 'Nevada', '89101'], ['NH', 'New Hampshire', '03101'],
  ['NJ', 'New Jersey', '07102'], ['NM', 'New Mexico', '87102'], ['NY', 'New York', '10007'], ['NC', 'North Carolina', '28202'], ['ND', 'North Dakota', '58102'],
  ['OH', 'Ohio', '43215'], ['OK', 'Oklahoma', '73102'], ['OR', 'Oregon', '97204'], ['PA', 'Pennsylvania', '19102'], ['RI', 'Rhode Island', '02903'],
  ['SC', 'South Carolina', '29201'], ['SD', 'South Dakota', '57104'], ['TN', 'Tennessee', '37203'], ['TX', 'Texas', '75201'], ['UT', 'Utah', '84111'],
  ['VT', 'Vermont', '05401'], ['VA', 'Virginia', '23219'], ['WA', 'Washington', '98101'], ['WV', 'West Virginia', '25301'], ['WI', 'Wisconsin', '53202'],
  ['WY', 'Wyoming', '82001'],
];

const byName = new Map(states.flatMap(([code, name, zip]) => [[code, zip], [name.toUpperCase(), zip]]));

/** Null where the region is no state, or none is named. */
export const zipOfState = (region: string | null): string | null => (region === null ? null : (byName.get(region.trim().toUpperCase()) ?? null));
