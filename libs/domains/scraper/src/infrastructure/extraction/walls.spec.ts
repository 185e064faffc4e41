import { aCar, extract, html, ld } from './spec-pages';

describe('what stands in front of a page', () => {
  it.each([
    ['Cloudflare', '<title>Just a moment...</title>', '<noscript>Enable JavaScript and cookies to continue</noscript><script>window._cf_chl_opt={cvId:"3"}</script>'],
    ['Cloudflare’s refusal', '<title>Attention Required! | Cloudflare</title>', '<div id="cf-wrapper"><h1>Sorry, you have been blocked</h1><p>You are unable to access cars.example</p><div class="cf-error-details">Ray ID</div></div>'],
    ['Incapsula', '', '<iframe src="/_Incapsula_Resource?SWUDNSAI=31&incident_id=1">Request unsuccessful. Incapsula incident ID: 1-2</iframe>'],
    ['DataDome', '<title>cars.example</title>', '<p>Please enable JS and disable any ad blocker</p><script>var dd={"rt":"c","cid":"x","host":"geo.captcha-delivery.com"}</script>'],
    ['PerimeterX', '<title>Access to this page has been denied</title>', '<div id="px-captcha"></div><p>Press &amp; Hold to confirm you are a human</p>'],
    ['Akamai', '<title>Access Denied</title>', '<h1>Access Denied</h1>You don\'t have permission to access "http://www.cars.example/" on this server.<p>Reference #18.2d351ab8.1557333295.a4e16ab</p>'],
    ['Imperva', '<title>Pardon Our Interruption</title>', '<h1>Pardon Our Interruption...</h1><p>As you were browsing something about your browser made us think you were a bot.</p>'],
    ['reCAPTCHA', '<title>Security check</title>', '<form><p>Please verify you are human.</p><div class="g-recaptcha" data-sitekey="x"></div></form>'],
    ['a question', '<title>cars.example</title>', '<h1>Are you a robot?</h1><p>We have detected unusual activity.</p>'],
    ['a question in German', '<title>Ups, bist Du ein Mensch?</title>', '<h1>Ich bin kein Roboter</h1><p>Bitte bestätige, dass du ein Mensch bist.</p>'],
    ['AWS', '<title>Human Verification</title>', '<script>window.gokuProps = {"key":"x"};</script><div id="captcha-container"></div>'],
    ['a sign-in', '<title>Log in to Facebook</title>', '<h2>You must log in to continue.</h2><form><input name="email"><input name="pass" type="password"><button>Log In</button></form>'],
  ])('%s is recognised', (_, head, body) => {
    const extraction = extract(html(head, body));
    expect(extraction).toMatchObject({ kind: 'block', listings: [] });
    expect(extraction.reasons.join()).toMatch(/block:/u);
  });

  it.each([401, 403, 429, 503])('an empty answer of status %d is a block', (status) => expect(extract('', { status }).kind).toBe('block'));

  it.each([
    ['Google’s consent', '<title>Before you continue to Google Search</title>', '<h1>Before you continue to Google</h1><p>We use cookies and data</p><button>Accept all</button>'],
    ['a full page of consent', '<title>Ihre Privatsphäre</title>', '<h1>Wir und unsere Partner verarbeiten Daten</h1><p>Wir verwenden Cookies und ähnliche Technologien für personalisierte Werbung. Ihre Einwilligung können Sie in den Datenschutzeinstellungen widerrufen. Unsere 143 Partner verarbeiten personenbezogene Daten.</p><button>Alle akzeptieren</button><button>Einstellungen</button><script src="https://cmp.privacy-mgmt.com/x.js"></script>'],
  ])('%s is a consent wall', (_, head, body) => expect(extract(html(head, body))).toMatchObject({ kind: 'consent', listings: [] }));

  it('is never read as a listing, whatever its head says', () => {
    const wall = html('<title>Just a moment...</title><meta property="og:title" content="2018 BMW 320i"><meta property="product:price:amount" content="19990"><script>window._cf_chl_opt={}</script>', '<p>Checking your browser</p>');
    expect(extract(wall)).toMatchObject({ kind: 'block', listings: [] });
  });
});

describe('a page that only looks like a wall', () => {
  const car = `<h1>2018 BMW 320i xDrive</h1>${ld(aCar())}<dl><dt>Mileage</dt><dd>45,123 mi</dd><dt>Fuel type</dt><dd>Gasoline</dd><dt>Transmission</dt><dd>Automatic</dd></dl><p>${'A very well kept car with all services. '.repeat(30)}</p>`;
  it.each([
    ['a captcha for its form', '<script src="https://www.google.com/recaptcha/api.js"></script><form><div class="g-recaptcha"></div><button>Send</button></form>'],
    ['a cookie banner', '<div id="onetrust-banner-sdk"><h2>We value your privacy</h2><p>We use cookies. Our partners use cookies for advertising.</p><button>Accept all</button></div>'],
    ['scripts of such a vendor', '<script>window._pxAppId="PX1";window.dd={};</script><script src="https://js.datadome.co/tags.js"></script><script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script>'],
    ['words of it', '<p>Our robot vacuum detected unusual activity; verify you are human, says the seller.</p>'],
  ])('has %s and is the car’s page', (_, extra) => expect(extract(html('<title>2018 BMW 320i</title>', car + extra)).kind).toBe('detail'));
});
