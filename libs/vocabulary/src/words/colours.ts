import type { Colour } from '@autobroker/kernel';
import { colourEndings, colourRows } from '../data/words/colour';
import { Phrasebook } from '../text/phrases';

interface Books {
  readonly names: Phrasebook<Colour>;
  readonly plain: Phrasebook<Colour>;
  readonly epithets: Phrasebook<Colour>;
}

let made: Books | undefined;

function books(): Books {
  return (made ??= {
    names: new Phrasebook(part((trade) => trade.filter((name) => name.includes(' ')).join(','), 'trade')),
    plain: new Phrasebook(part((plain) => plain.join(','), 'plain'), colourEndings),
    epithets: new Phrasebook(part((trade) => trade.join(','), 'trade')),
  });
}

function part(pick: (words: readonly string[]) => string, which: 'plain' | 'trade'): [Colour, string][] {
  return colourRows.map(([colour, words]) => {
    const [plain = '', trade = ''] = words.split('|');
    return [colour, pick((which === 'plain' ? plain : trade).split(',').map((word) => word.trim()))];
  });
}

/** The colour a text names; of several, the one named first («white with black roof»). */
export function colourOf(text: string | null | undefined): Colour | null {
  const { names, plain, epithets } = books();
  const named = names.first(text);
  const said = plain.first(text);
  // «Jet Black / Cocoa»: whichever starts first, and a name over the plain word inside it.
  if (named !== null && (said === null || named.at <= said.at)) return named.value;
  return said?.value ?? plain.ending(text) ?? epithets.first(text)?.value ?? null;
}
