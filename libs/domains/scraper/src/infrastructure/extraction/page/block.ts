import { type PageHead } from './meta';

export interface WallInput {
  readonly html: string;
  readonly head: Pick<PageHead, 'title' | 'heading'>;
  /** What a person sees. */
  readonly text: string;
  /** The same without the site's frame and a banner about cookies. */
  readonly own: string;
  readonly status: number | null;
  readonly url: string | null;
}

export interface Wall {
  readonly kind: 'block' | 'consent';
  readonly by: string;
  /** It can be nothing else, whatever else stands on the page. */
  readonly certain: boolean;
}

interface Sign {
  readonly by: string;
  /** In the markup; read only in its beginning and end. */
  readonly html?: RegExp;
  /** In title, heading or the visible text of a short page. */
  readonly text?: RegExp;
}

/** What the walls of the usual vendors say. Where both are given, both must be there. */
const signs: readonly Sign[] = [
  { by: 'cloudflare', html: /_cf_chl_opt|cf-chl-|challenge-platform|cf-browser-verification|cf-error-details|cf_chl_|cdn-cgi\/challenge|cf-turnstile|cf-ray|cf-wrapper/iu, text: /just a moment|attention required|checking (?:your browser|if the site connection)|verify(?:ing)? (?:that )?you are (?:a )?human|nur einen moment|einen moment|un instant|un momento|even geduld|you have been blocked|enable javascript and cookies|access denied|performing security verification|security service/iu },
  { by: 'incapsula', html: /_Incapsula_Resource|incap_ses|visid_incap|incapsula incident/iu },
  { by: 'datadome', html: /captcha-delivery\.com|geo\.captcha|dd=\{['"]?(?:rt|cid)|datadome/iu },
  { by: 'perimeterx', html: /px-captcha|_pxappid|_pxjsclientsrc|perimeterx|captcha\.px-cdn|human-challenge|px-cloud\.net/iu },
  { by: 'akamai', text: /access denied[^]{0,400}reference\s*#?\s*[\da-f.]{6,}|you don't have permission to access[^]{0,300}on this server|pardon the interruption/iu },
  { by: 'akamai', html: /sec-if-cpt-container|bm-verify|errors\.edgesuite\.net|akam(?:ai)?.{0,20}challenge/iu },
  { by: 'imperva', text: /pardon our interruption/iu },
  { by: 'kasada', html: /KPSDK|149e9513-01fa-4fb0-aad4-566afd725d1b/u },
  { by: 'aws_waf', html: /gokuProps|awsWafCookieDomainList|AwsWafIntegration|token\.awswaf\.com/u },
  { by: 'sucuri', html: /sucuri_cloudproxy|sucuri website firewall/iu },
  { by: 'f5', text: /the requested url was rejected\. please consult with your administrator/iu },
  { by: 'vercel', text: /vercel security checkpoint|we're verifying your browser/iu },
  { by: 'captcha', html: /class=["']?[^"'>]{0,80}(?:g-recaptcha|h-captcha|cf-turnstile|frc-captcha|geetest)|recaptcha\/(?:api|enterprise)|hcaptcha\.com|captcha/iu, text: /robot|human|roboter|humain|umano|humano|mens bent|człowiek|captcha|verif|security check|sicherheits|sécurité|unusual|are you a person|automated/iu },
  { by: 'robot_check', text: /are you a (?:ro)?bot|you(?:'re| are) not a (?:ro)?bot|i(?:'m| am) not a robot|kein roboter|pas un robot|non sei un robot|no (?:soy|eres) un robot|geen robot|nie (?:jestem|jesteś) robotem|unusual (?:traffic|activity)|automated (?:access|requests|queries|traffic)|bot (?:detected|protection|detection)|ungewöhnliche (?:aktivität|zugriffe|anfragen)|automatisierte (?:zugriffe|anfragen)|zugriff (?:wurde )?(?:verweigert|gesperrt|blockiert)|accès (?:refusé|bloqué|temporairement)|accesso negato|acceso denegado|toegang geweigerd|dostęp zablokowany|press (?:and|&) hold|prove (?:that )?you(?:'re| are) human|verify you(?:'re| are) (?:a )?human|your (?:ip|access|request) (?:address )?has been (?:blocked|denied|limited)|access to this page has been denied|too many requests|rate limit(?:ed)? exceeded|request blocked|forbidden|access denied|security check|please enable (?:js|javascript)(?: and (?:cookies|disable any ad ?blocker))?|sorry, you have been blocked|human verification|bitte bestätige,? dass du|verdächtige/iu },
  { by: 'login', html: /type=["']?password|\/login\/|\/signin/iu, text: /(?:you must|please) (?:log|sign) ?in|(?:log|sign) ?in (?:or (?:sign up|register)|to (?:continue|view|see|facebook|your account))|bitte (?:melde|loggen|einloggen)|anmelden,? um|melde dich an|connectez-vous pour|accedi per|inicia sesión para|log in om|zaloguj się, aby/iu },
];

const consentSigns: readonly RegExp[] = [
  /before you continue to (?:google|youtube)|bevor sie (?:zu google )?(?:weiter|fortfahren)|avant d'accéder à google|prima di continuare su google|antes de (?:ir|continuar) a google/iu,
  /(?:we (?:value|care about|respect) your privacy|your privacy|ihre privatsphäre|deine privatsphäre|datenschutz(?:einstellungen)?|votre vie privée|la tua privacy|tu privacidad|jouw privacy|twoja prywatność|cookies?|consent|einwilligung)/iu,
];
const consentButtons = /accept all|accept (?:and|&) (?:continue|close)|i accept|agree|alle akzeptieren|akzeptieren|zustimmen|einverstanden|tout accepter|accepter|accetta|aceptar|accepteren|alles accepteren|akceptuj|zgadzam|reject all|alle ablehnen|manage (?:options|preferences|choices)|einstellungen/iu;
const consentVendors = /consent\.google|sp_message|sourcepoint|privacy-mgmt|onetrust|usercentrics|didomi|cmp\.|quantcast|cookiebot|trustarc|consentmanager|iubenda|tcfapi|borlabs/iu;

/** Long pages are pages: a wall says little. */
const fewWords = 2_500;

const consentWords = /cookie|consent|privacy|partner|datenschutz|einwilligung|personali|zustimm|vie privée|confidentialité|privacidad|prywatno|tracking|werbung|advertis/giu;

/** A page that says less than this of its own says nothing. */
const ownWords = 30;

/** Is this what stands in front of the page? `content`: something was found on it that can be sold. */
export const wallOf = (page: WallInput, content: boolean): Wall | null => {
  const { status } = page;
  const blocked = status === 401 || status === 403 || status === 429 || status === 503 || status === 405 || status === 202;
  const said = `${page.head.title}\n${page.head.heading}\n${page.text.slice(0, fewWords)}`;
  const short = page.text.length < fewWords;
  const markup = page.html.length > 400_000 ? `${page.html.slice(0, 200_000)}${page.html.slice(-100_000)}` : page.html;
  if (blocked && status !== 202 && !content && page.text.length < 200) return { kind: 'block', by: `status_${status}`, certain: true };
  if (/^https?:\/\/consent\.(?:google|youtube)/iu.test(page.url ?? '')) return { kind: 'consent', by: 'google', certain: true };
  const titled = `${page.head.title}\n${page.head.heading}`;
  for (const { by, html, text } of signs) {
    const inText = text === undefined || text.test(short ? said : titled);
    const inMarkup = html === undefined || html.test(markup);
    if (!inText || !inMarkup) continue;
    // A script of such a vendor is on many a normal page; one that says nothing else is a wall.
    const bare = text === undefined && page.text.length < 600;
    const told = text !== undefined && (text.test(titled) || page.text.length < 1_200);
    if (content && !(short && (bare || told) && page.text.length < 1_000)) continue;
    if (!short && !text?.test(titled)) continue;
    if (text === undefined && !bare && !blocked) continue;
    if (text !== undefined && !told && !blocked) continue;
    return { kind: 'block', by, certain: page.text.length < 1_000 };
  }
  if (blocked && status !== 202 && !content && short) return { kind: 'block', by: `status_${status}`, certain: false };
  const [google, general] = consentSigns;
  if (google?.test(titled) === true || (short && google?.test(said) === true)) return { kind: 'consent', by: 'google', certain: true };
  // A banner lies over a page, however little that says; a wall stands instead of one.
  const wholly = page.own.length < ownWords || ((page.own.match(consentWords) ?? []).length >= 3 && consentButtons.test(page.own));
  if (!content && wholly && page.text.length < 9_000 && general?.test(said) === true && consentButtons.test(page.text)) {
    const share = (page.text.match(consentWords) ?? []).length;
    if (share >= 3 && (share * 120 > page.text.length || general.test(titled) || consentVendors.test(markup))) return { kind: 'consent', by: consentVendors.exec(markup)?.[0].toLowerCase().replace(/\W+/gu, '_') ?? 'wall', certain: false };
  }
  return null;
};

const goneWords =
  /no longer (?:available|listed|for sale)|has (?:already )?been (?:sold|removed|deleted)|this (?:vehicle|listing|ad|car|lot) (?:has|is) (?:expired|sold|been)|listing (?:has )?(?:expired|ended|removed)|(?:ad|posting) (?:has )?(?:expired|been (?:flagged|deleted|removed))|nicht mehr (?:verfügbar|vorhanden|online|aktiv)|bereits verkauft|wurde verkauft|fahrzeug (?:ist )?verkauft|inserat (?:wurde )?(?:gelöscht|deaktiviert|beendet)|n'est plus (?:disponible|en ligne)|a été (?:vendu|supprimé)e?|annonce (?:expirée|désactivée|supprimée)|non (?:è )?più disponibile|annuncio (?:scaduto|rimosso)|ya no está disponible|anuncio (?:caducado|eliminado)|niet meer beschikbaar|is (?:reeds )?verkocht|już niedostępn|ogłoszenie (?:wygasło|nieaktualne)|(?:vehicle|listing|ad|page|lot|car|item|posting)(?: details?)? (?:(?:is|are|was|were) |could )?not (?:be )?found|details are not found|may have been (?:withdrawn|sold|removed)|(?:seite|fahrzeug|inserat|angebot|anzeige) (?:wurde )?(?:leider )?nicht gefunden|seite (?:gibt es|existiert) (?:leider )?nicht|there is nothing here|(?:page|annonce|véhicule) introuvable|sorry, this (?:car|vehicle)/iu;
const soldWords = /\bsold\b|verkauft|vendu|venduto|vendido|verkocht|sprzedan/iu;

/** The head itself says so: whatever else the page then shows are other cars. */
export const headsGone = (page: Pick<WallInput, 'head'>): boolean => goneWords.test(`${page.head.title}\n${page.head.heading}`);

/** A page that says that its car is not there any more. */
export const goneOf = (page: Pick<WallInput, 'head' | 'text' | 'status'>, content: boolean): 'sold' | 'removed' | null => {
  const found = goneWords.exec(`${page.head.title}\n${page.head.heading}\n${content ? page.text.slice(0, 1_500) : page.text.slice(0, 4_000)}`)?.[0];
  if (found !== undefined) return soldWords.test(found) ? 'sold' : 'removed';
  return page.status === 404 || page.status === 410 ? 'removed' : null;
};

const emptyWords =
  /(?:^|[^\d.,'])0 (?:results?|cars?|vehicles?|listings?|matches|ads|treffer|ergebnisse|angebote|fahrzeuge|inserate|résultats?|annonces?|risultati|annunci|auto\b|resultados|anuncios|resultaten|advertenties|wyników|ogłosze[nń])|\bno (?:results?|matches|matching|exact matches|vehicles?|cars|listings|ads) (?:were |was |have been )?(?:found|match|available|for)|\bno (?:results|matches)\b|nothing (?:was )?found|(?:couldn't|could not|didn't|did not) find any|keine? (?:passenden? )?(?:treffer|ergebnisse?|fahrzeuge?|angebote?|inserate|anzeigen)|nichts gefunden|aucune? (?:résultat|annonce|véhicule)|nessun (?:risultato|annuncio|veicolo)|(?:ningún|sin|no hay) (?:resultados?|anuncios?)|geen (?:resultaten|advertenties|auto's)|brak (?:wyników|ogłoszeń)|nie znaleziono/iu;

/** A list that says that there is nothing on it. */
export const saysEmpty = (page: Pick<WallInput, 'head' | 'own'>): boolean => emptyWords.test(`${page.head.title}\n${page.head.heading}\n${page.own.slice(0, 1_500)}`);
