import fc from 'fast-check';
import { pathOf, patternMatches } from './robots-match';
import { parseRobots } from './robots';

const lines = (...of: string[]) => of.join('\n');
const allowed = (robots: string, path: string, agent = 'AutobrokerBot') => parseRobots(robots).isAllowed(agent, `https://cars.example${path}`);

describe('which group of a robots.txt is meant', () => {
  const mixed = lines('User-agent: *', 'Disallow: /private', '', 'User-agent: AutobrokerBot', 'Disallow: /autobroker', '', 'User-agent: Other', 'Disallow: /');

  it('is the one that names us, and then only that', () => {
    expect(allowed(mixed, '/autobroker/x')).toBe(false);
    expect(allowed(mixed, '/private')).toBe(true);
    expect(allowed(mixed, '/private', 'SomebodyElse')).toBe(false);
    expect(allowed(mixed, '/', 'Other')).toBe(false);
  });

  it('is found by the product token whatever its case and version', () => {
    for (const agent of ['autobrokerbot', 'AutobrokerBot/1.4 (+https://autobroker.example)', 'Mozilla/5.0 (compatible; AutobrokerBot/1.4)']) {
      expect(allowed(mixed, '/autobroker', agent)).toBe(false);
    }
  });

  it('takes the name in the file up to the first character that a name can not have', () => {
    const file = lines('User-agent: *', 'Disallow: /', 'User-agent: AutobrokerBot 2 beta', 'Allow: /cars', 'Disallow: /');
    expect(allowed(file, '/cars')).toBe(true);
    expect(allowed(file, '/cars', 'AutobrokerBot 2 beta')).toBe(false);
    expect(allowed(lines('User-agent: Autobroker*', 'Disallow: /'), '/')).toBe(true);
  });

  it('merges groups that name the same agent, wherever they stand', () => {
    const file = lines('User-agent: AutobrokerBot', 'Disallow: /a', 'User-agent: x', 'Disallow: /b', 'User-agent: autobrokerbot', 'Disallow: /c');
    expect(['/a', '/b', '/c'].map((path) => allowed(file, path))).toEqual([false, true, false]);
  });

  it('reads agents one under the other as one group, also across a sitemap, an unknown line and a comment', () => {
    const file = lines('User-agent: AutobrokerBot', 'Sitemap: https://cars.example/s.xml', 'Noindex: /x', '# and', 'User-agent: *', 'Disallow: /');
    expect(allowed(file, '/')).toBe(false);
    expect(allowed(file, '/', 'Anybody')).toBe(false);
  });

  it('lets a group of ours without rules win over the one for everybody', () => {
    expect(allowed(lines('User-agent: *', 'Disallow: /', 'User-agent: AutobrokerBot', 'Disallow:'), '/x')).toBe(true);
  });

  it('takes a star followed by words for everybody', () => {
    expect(allowed(lines('User-agent: * please', 'Disallow: /'), '/')).toBe(false);
    expect(allowed(lines('User-agent: *x', 'Disallow: /'), '/')).toBe(true);
  });

  it('does not count rules before any agent', () => {
    expect(allowed(lines('Disallow: /', 'User-agent: x', 'Disallow: /x'), '/')).toBe(true);
  });
});

describe('which rule decides', () => {
  it.each([
    [['Disallow: /cars', 'Allow: /cars/new'], '/cars/new/1', true],
    [['Allow: /cars', 'Disallow: /cars/used'], '/cars/used', false],
    [['Disallow: /page', 'Allow: /page'], '/page', true],
    [['Allow: /$', 'Disallow: /'], '/', true],
    [['Allow: /$', 'Disallow: /'], '/x', false],
    [['Disallow: /*.pdf$'], '/a/b.pdf', false],
    [['Disallow: /*.pdf$'], '/a/b.pdf?x', true],
    [['Disallow: /a*c*e'], '/abbcdde/f', false],
    [['Disallow: /*?session='], '/list?session=1', false],
    [['Disallow: /x$y'], '/x$y', false],
    [['Disallow: *'], '/anything', false],
    [['Disallow: /Cars'], '/cars', true],
    [['Disallow: cars'], '/cars', true],
    [['Disallow:'], '/', true],
    [['Allow:', 'Disallow: /'], '/', false],
    [['Allow: /index.html', 'Disallow: /'], '/', true],
    [['Allow: /shop/index.htm', 'Disallow: /'], '/shop/', true],
    [['Allow: /shop/index.htm', 'Disallow: /'], '/shop/x', false],
    [['Disallow: /index.html'], '/', true],
  ])('%j for %s', (rules, path, expected) => {
    expect(allowed(lines('User-agent: *', ...rules), path)).toBe(expected);
  });

  it.each([
    ['/münchen', '/m%C3%BCnchen', false],
    ['/m%c3%bcnchen', '/m%C3%BCnchen', false],
    ['/%62%61%7a', '/%62%61%7A', false],
    ['/%62%61%7a', '/baz', true],
    ['/caf%', '/caf%', false],
  ])('compares octets: a rule of %s and the path %s', (rule, path, expected) => {
    expect(allowed(lines('User-agent: *', `Disallow: ${rule}`), path)).toBe(expected);
  });

  it('measures a rule in octets', () => {
    // In characters both are three; as octets the first is nine and the second five.
    expect(allowed(lines('User-agent: *', 'Disallow: /üx', 'Allow: /%C3'), '/%C3%BCx')).toBe(false);
    expect(allowed(lines('User-agent: *', 'Disallow: /%C3*', 'Allow: /ü'), '/%C3%BC')).toBe(true);
  });
});

describe('what people write into a robots.txt', () => {
  it.each(['Dissallow', 'Dissalow', 'Disalow', 'Diasllow', 'Disallaw', 'DISALLOW', 'disallow '])('%s is a disallow', (word) => {
    expect(allowed(lines('User-agent: *', `${word}: /`), '/')).toBe(false);
  });
  it.each(['Useragent', 'User agent', 'USER-AGENT', 'user-agent'])('%s names an agent', (word) => {
    expect(allowed(lines(`${word}: AutobrokerBot`, 'Disallow: /'), '/')).toBe(false);
  });
  it.each(['Permit', 'Dis allow', 'Daslow'])('%s is nothing', (word) => {
    expect(allowed(lines('User-agent: *', `${word}: /`), '/')).toBe(true);
  });

  it('forgives a forgotten colon when only two words stand there', () => {
    expect(allowed(lines('User-agent *', 'Disallow /x'), '/x')).toBe(false);
    expect(allowed(lines('User-agent: *', 'Disallow /x y'), '/x')).toBe(true);
  });

  it('reads every line ending, tabs, comments and a byte order mark, even one in the wrong encoding', () => {
    for (const start of ['', '\uFEFF', '\u00EF\u00BB\u00BF', '\u00EF\u00BB']) {
      for (const ending of ['\n', '\r', '\r\n']) {
        const file = [`${start}User-agent: *\t# all`, '\t Disallow\t:\t/x # not this', ''].join(ending);
        expect(allowed(file, '/x')).toBe(false);
        expect(allowed(file, '/y')).toBe(true);
      }
    }
  });

  it('cuts endless lines and endless files, and takes what is before', () => {
    const long = '/'.padEnd(20_000, 'a');
    expect(allowed(lines('User-agent: *', `Disallow: ${long}`), long)).toBe(false);
    expect(allowed(lines('User-agent: *', 'Disallow: /x', '#'.padEnd(600_000, '#'), 'Disallow: /y'), '/y')).toBe(true);
    expect(allowed(lines('User-agent: *', 'Disallow: /x', '#'.padEnd(600_000, '#'), 'Disallow: /y'), '/x')).toBe(false);
  });

  it('says how long to wait and where the sitemaps are', () => {
    const robots = parseRobots(
      lines('Sitemap: https://cars.example/münchen.xml', 'User-agent: *', 'Crawl-delay: 10', 'User-agent: AutobrokerBot', 'Crawl-delay: 2.5', 'Disallow: /x', 'site-map: /b.xml'),
    );
    expect(robots.sitemaps).toEqual(['https://cars.example/münchen.xml', '/b.xml']);
    expect(robots.crawlDelay('AutobrokerBot')).toBe(2.5);
    expect(parseRobots(lines('User-agent: *', 'Crawl-delay: soon')).crawlDelay('x')).toBeNull();
  });
});

describe('addresses', () => {
  it.each([
    ['', '/'],
    ['http://a.example', '/'],
    ['http://a.example/', '/'],
    ['http://a.example/a#b', '/a'],
    ['http://a.example?x', '/?x'],
    ['http://a.example;a', '/;a'],
    ['http://a.example/a?url=http://b.example/c', '/a?url=http://b.example/c'],
    ['a.example/a', '/a'],
    ['//a.example/a', '/a'],
    ['a.example#/x', '/'],
    ['/a://b', '/a://b'],
  ])('of %s the path is %s', (url, path) => expect(pathOf(url)).toBe(path));
});

it('a pattern fits exactly what the same regular expression fits', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '$'), maxLength: 8 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*', '$'), maxLength: 8 });
  fc.assert(
    fc.property(text, pattern, (path, rule) => {
      const anchored = rule.endsWith('$');
      const body = (anchored ? rule.slice(0, -1) : rule).split('*').map((part) => part.replaceAll('$', '\\$')).join('.*');
      expect(patternMatches(path, rule)).toBe(new RegExp(`^${body}${anchored ? '$' : ''}`, 'su').test(path));
    }),
    { numRuns: 3_000 },
  );
});

it('no text makes it fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ maxLength: 40 }), fc.string({ maxLength: 60 }), (text, agent, url) => {
      expect(typeof parseRobots(`User-agent: *\nDisallow: /\n${text}`).isAllowed(agent, url)).toBe('boolean');
    }),
  );
});
