import { chains } from './fonts';
import { knows } from './glyphs';
import { plain, runsOf, signsOf, writable } from './letters';

const texts = (line: string): string[] => runsOf(line, 'regular').map(({ text }) => text);

describe('what a line is written in', () => {
  it('is one font where one knows it all, and another only for what it does not', () => {
    expect(runsOf('Käufer: Łukasz Ďuriš', 'regular')).toEqual([{ text: 'Käufer: Łukasz Ďuriš', font: 'regular' }]);
    expect(runsOf('Käufer: שלמה, Wien', 'bold')).toEqual([
      { text: 'Käufer: ', font: 'bold' },
      { text: 'שלמה', font: 'fallback_bold' },
      { text: ', Wien', font: 'bold' },
    ]);
  });

  it('is plain only where every font knows every sign of it', () => {
    const signs = Array.from({ length: 0x2300 }, (_, code) => String.fromCodePoint(code)).filter((sign) => sign !== '\n' && plain.test(sign));
    expect(signs.length).toBeGreaterThan(300);
    for (const font of [chains.regular[0], chains.bold[0]]) expect([font, signs.filter((sign) => !knows(font, sign))]).toEqual([font, []]);
  });

  it('has words of a script that is read from the right in that order, numbers between them included', () => {
    expect(texts('An محمد بن علي 12 شارع, Dubai').join('')).toBe('An شارع 12 علي بن محمد, Dubai');
  });

  it.each([
    ['a picture', 'Anna 🚗 Müller 👩‍🚀🇩🇪', 'Anna Müller '],
    ['what turns the reader’s eye', 'Max\u202Egpj.exe\u200B Muster\uFE0F', 'Maxgpj.exe Muster'],
    ['a sign apart from its mark', 'Mu\u0308ller', 'Müller'],
  ])('is not %s', (_, text, clean) => {
    expect(writable(text, 'regular')).toBe(clean);
  });

  it.each([
    ['བོད Bod', 'bod Bod'],
    ['สมชาย ใจดี, Bangkok', 'smchay aichdi, Bangkok'],
    ['राम कुमार', 'ram kumar'],
    // A sign of theirs says something by itself: the others stay.
    ['𠮷野家', 'Kichi野家'],
  ])('says in Latin letters what no font can write: %s', (text, said) => {
    expect(writable(text, 'regular')).toBe(said);
    expect(writable(text, 'bold')).toBe(said);
  });

  it('shows that there is a sign which nobody can write', () => {
    expect(writable('Bod \u{12000}', 'regular')).toBe('Bod □');
  });

  it('is Chinese, Japanese or Korean where a name is, in the weight of its line', () => {
    const names = '王堃 株式会社 さくら・カナ 김철수 髙橋（東京）';
    expect(writable(names, 'regular')).toBe(names);
    expect(runsOf('Käufer: 王堃, 김철수', 'regular')).toEqual([
      { text: 'Käufer: ', font: 'regular' },
      { text: '王堃', font: 'han' },
      { text: ', ', font: 'regular' },
      { text: '김철수', font: 'korean' },
    ]);
    expect(runsOf('王小明 김', 'bold').map(({ font }) => font)).toEqual(['han_bold', 'bold', 'korean_bold']);
  });

  it('is parted between signs as readers count them', () => {
    expect(signsOf('e\u0301a👩‍🚀')).toEqual(['e\u0301', 'a', '👩‍🚀']);
  });
});
