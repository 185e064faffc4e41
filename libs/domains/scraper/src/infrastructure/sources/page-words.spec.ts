import { looksEmpty, says, withoutScripts } from './page-words';

const pageOf = (text: string) => ({ url: 'https://cars.example/1', status: 200, contentType: 'text/html', body: Buffer.from(text) });

describe('the words of a page', () => {
  it.each([
    ['<p>a</p><script>sold</script><p>b</p>', '<p>a</p> ><p>b</p>'],
    ['a<!-- sold -->b', 'a b'],
    ['a<script src="x">sold', 'a '],
    ['a<!-- sold', 'a '],
    ['a<SCRIPT>sold</SCRIPT >b', 'a  >b'],
    ['<scripted>b', '<scripted>b'],
  ])('%s', (html, words) => expect(withoutScripts(html)).toBe(words));

  it('are those that people see', () => {
    expect(says(pageOf('<script>const sold = "this car has been sold"</script><p>For sale</p>'), /has been sold/u)).toBe(false);
    expect(says(pageOf('<script>x</script><p>This car has been sold</p>'), /has been sold/u)).toBe(true);
  });

  // With a pattern that begins anew at each of them this would take hours.
  it.each(['<', '<script', '<script>', '<!--', '</script '])('are found although a stranger wrote %s a million times', (piece) => {
    const hostile = pageOf(piece.repeat(1_000_000));
    expect([says(hostile, /has been sold/u), looksEmpty(hostile)]).toEqual([false, false]);
  });

  it.each([
    ['{"total": 0, "listings": []}', true],
    ['<h1><b>0</b> results</h1>', true],
    ['<p>No vehicles were found</p>', true],
    ['<h1>1,000 results</h1>', false],
    ['<p>Not what you think</p>', false],
  ])('%s: empty is %s', (text, empty) => expect(looksEmpty(pageOf(text))).toBe(empty));
});
