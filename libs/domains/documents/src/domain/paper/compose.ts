import { sellsAsOwn, type SignerRole } from '@autobroker/kernel';
import { isInvoiceKind } from '../document';
import type { Composed, Letterhead, Piece, SignatureMark } from './composed';
import { fields, isFieldName } from './fields';
import { formatFor, type Format } from './format';
import { invoicePieces, priceTable, refundTable } from './money-pieces';
import { type Branding, type Paper, type PaperParty, partyAs } from './paper';
import type { Template, TemplateBlock } from './template';
import { holds } from './conditions';
import { capacityNames, correctedInvoice, frame, issuerName, kindNames, reasonText, roleNames, traderNames, type Words } from './words';

export interface Composition {
  readonly paper: Paper;
  readonly template: Template;
  readonly branding: Branding;
}

/** Where something has to be written by hand. */
const blank = '____________________';
const unknown = '–';

/** A document in words: the same input gives the same document, for ever. */
export function compose({ paper, template, branding }: Composition): Composed {
  const { language, order, parties } = paper;
  const american = order.country === 'US';
  const format = formatFor(language, paper.timeZone, american);
  const title = titleOf(paper);
  const number = paper.number ?? frame.draft[language];
  const meta: [string, string][] = [
    [frame.number[language], paper.version > 1 ? `${number} (v${paper.version})` : number],
    [frame.date[language], format.date(paper.issuedAt)],
    [frame.order[language], order.number],
    [frame.capacity[language], capacityNames[order.capacity][language]],
  ];
  return {
    kind: paper.kind,
    language,
    paperSize: american ? 'LETTER' : 'A4',
    title,
    subject: present(`${paper.vehicle.make} ${paper.vehicle.model}`.trim(), paper.vehicle.vin).join(' · '),
    issuedAt: paper.issuedAt,
    letterhead: letterheadOf(parties.broker, branding, format),
    meta,
    // What is signed is no letter: it names its parties, and goes to both.
    addressee: !isLetter(template) ? [] : [parties.buyer.name, ...addressLines(parties.buyer, format, parties.broker.address.country)],
    replaces: replacesText(paper, format),
    pieces: template.blocks.filter(({ when }) => holds(when, paper)).flatMap((block) => piecesOf(block, paper, template, format)),
    reference: `${number} · v${paper.version} · ${language} · ${frame.template[language]} ${paper.kind}/${template.version}`,
    pageLabel: frame.page[language],
    watermark: paper.number === null ? frame.draft[language] : null,
  };
}

const isLetter = ({ blocks }: Template): boolean => !blocks.some(({ block }) => block === 'signatures');

function titleOf({ kind, language, replaces }: Paper): string {
  return kind === 'invoice' && replaces !== null ? correctedInvoice[language] : kindNames[kind][language];
}

function piecesOf(block: TemplateBlock, paper: Paper, template: Template, format: Format): Piece[] {
  const text = (name: string): string => filled(template.texts[name]?.[format.language] ?? '', paper, format);
  switch (block.block) {
    case 'text':
      return [{ piece: 'text', text: text(block.text), size: block.size ?? 'normal' }];
    case 'heading':
      return [{ piece: 'heading', text: text(block.text) }];
    case 'note':
      return [{ piece: 'note', text: text(block.text) }];
    case 'parties':
      return [{ piece: 'parties', parties: block.roles.flatMap((role) => partyPiece(role, paper, format, isLetter(template))) }];
    case 'facts':
      return [{ piece: 'facts', title: block.title === undefined ? null : text(block.title), rows: block.fields.flatMap((name) => fact(name, paper, format)) }];
    case 'price':
      return [priceTable(paper, format)];
    case 'invoice':
      return invoicePieces(paper, format);
    case 'refunds':
      return refundTable(paper, format);
    case 'clauses':
      return [{ piece: 'clauses', clauses: block.clauses.filter(({ when }) => holds(when, paper)).map((clause) => parted(text(clause.text))) }];
    case 'choices':
      return [{ piece: 'choices', choices: block.texts.map(text) }];
    case 'signatures':
      return [signaturePiece(block.roles, paper, format)];
  }
}

function parted(text: string): { title: string; text: string } {
  const [title = '', ...rest] = text.split('\n');
  return rest.length === 0 ? { title: '', text: title } : { title, text: rest.join('\n') };
}

/** A paragraph and its number stand on one line. */
const glued = (text: string): string => text.replaceAll(/(§§?|\b[Aa]rtt?\.|\bAbs\.|\bNr\.|\bBuchst\.|\bpar\.|\blett\.) (?=\S)/gu, '$1\u00a0').replaceAll(/(?<=\d[a-z]?) (?=(?:UStG|BGB|c\.c\.))/gu, '\u00a0');

const filled = (text: string, paper: Paper, format: Format): string =>
  glued(text).replaceAll(/\{([a-z_.]+)\}/gu, (whole, name: string) => (isFieldName(name) ? (fields[name].value(paper, format) ?? blank) : whole));

/** What is not known and not for a hand to fill in is left out, where others are known. */
function fact(name: string, paper: Paper, format: Format): [string, string | null][] {
  if (!isFieldName(name)) return [];
  const field = fields[name];
  const value = field.value(paper, format);
  if (value === null && optionalFacts.has(name)) return [];
  return [[field.label[format.language], value ?? ('byHand' in field ? null : unknown)]];
}

/** Whose absence says something is shown as a dash; these say nothing. */
const optionalFacts = new Set(['buyer.vat_id', 'broker.vat_id', 'vehicle.colour', 'vehicle.condition', 'vehicle.features', 'vehicle.title_status', 'inspection.result', 'order.delivered']);

function partyPiece(role: SignerRole, paper: Paper, format: Format, isLetter: boolean): { label: string; name: string; lines: string[] }[] {
  const party = partyAs(role, paper);
  // Who sells in its own name is the seller; the same party does not stand there twice.
  if (party === null || (role === 'broker' && sellsAsOwn(paper.order.capacity) && paper.kind === 'purchase_contract')) return [];
  const { language } = format;
  // Where everybody is of one country it goes without saying.
  const countries = new Set(Object.values(paper.parties).map((each) => each?.address.country ?? paper.parties.broker.address.country));
  const address = addressLines(party, format, countries.size === 1 ? party.address.country : null);
  // A letter has its address in full above, and ours at its foot.
  const lines = isLetter ? [address.join(', ')] : address;
  if (party.vatId !== null) lines.push(`${frame.vatId[language]} ${party.vatId}`);
  if (party.licenceNo !== null) lines.push(`${frame.licence[language]} ${party.licenceNo}`);
  if (party.email !== null && !isLetter) lines.push(party.email);
  return [{ label: roleName(role, paper)[language], name: party.name, lines }];
}

function addressLines({ address }: PaperParty, format: Format, home: string | null): string[] {
  const { line1, line2, postalCode, city, region, country } = address;
  const place = country === 'US' ? `${city}, ${region ?? ''} ${postalCode}` : `${postalCode} ${city}`;
  return present(line1, line2, place.trim().replaceAll(/\s+/gu, ' '), country === home ? null : format.country(country));
}

/** Who is called a broker only where it brokers. */
function roleName(role: SignerRole, { order, kind }: Paper): Words {
  if (role !== 'broker') return roleNames[role];
  if (isInvoiceKind(kind)) return issuerName;
  return order.capacity === 'dealer' || order.capacity === 'commissionaire' ? traderNames[order.capacity] : roleNames.broker;
}

const present = (...lines: readonly (string | null)[]): string[] => lines.filter((line): line is string => line !== null && line !== '');

function signaturePiece(roles: readonly SignerRole[], paper: Paper, format: Format): Piece {
  const boxes = roles.map((role) => {
    const mark = offered(role, paper);
    return { role, label: roleName(role, paper)[format.language], name: partyAs(role, paper)?.name ?? '', mark: mark === null ? null : timed(mark, format) };
  });
  return { piece: 'signatures', place: frame.placeDate[format.language], boxes };
}

const timed = (mark: SignatureMark, format: Format): SignatureMark => ({ ...mark, at: format.time(mark.at) });

/** The same document, word for word, with its signatures in their boxes. */
export function withSignatures(composed: Composed, { language, timeZone, order }: Paper, signatures: Partial<Record<SignerRole, SignatureMark>>): Composed {
  const format = formatFor(language, timeZone, order.country === 'US');
  // What the broker signs as the seller is the broker's signature.
  const markOf = (role: SignerRole): SignatureMark | undefined => signatures[role] ?? (role === 'seller' && sellsAsOwn(order.capacity) ? signatures.broker : undefined);
  const pieces = composed.pieces.map((piece): Piece => {
    if (piece.piece !== 'signatures') return piece;
    const boxes = piece.boxes.map((box) => {
      const mark = markOf(box.role);
      return mark === undefined ? box : { ...box, mark: timed(mark, format) };
    });
    return { ...piece, boxes };
  });
  return { ...composed, pieces };
}

/** A mandate that the broker has issued is its offer: only the buyer's word is still to come. */
const offered = (role: SignerRole, { kind, number, issuedAt, parties }: Paper): SignatureMark | null =>
  kind === 'mandate' && role === 'broker' && number !== null ? { by: parties.broker.name, at: issuedAt, drawn: null } : null;

function letterheadOf(broker: PaperParty, branding: Branding, format: Format): Letterhead {
  const { language } = format;
  const address = addressLines(broker, format, null);
  const { bank, phone, email, website, registration, taxNumber } = branding;
  return {
    name: branding.tradeName ?? broker.name,
    sender: [broker.name, ...addressLines(broker, format, broker.address.country)].join(' · '),
    colour: branding.colour,
    logo: branding.logo,
    foot: [
      present(broker.name, ...address),
      present(phone, email ?? broker.email, website),
      present(broker.vatId === null ? null : `${frame.vatId[language]} ${broker.vatId}`, taxNumber, registration, broker.licenceNo === null ? null : `${frame.licence[language]} ${broker.licenceNo}`),
      bank === null ? [] : present(bank.name, `IBAN ${bank.iban.replaceAll(/(.{4})(?=.)/gu, '$1 ')}`, bank.bic === null ? null : `BIC ${bank.bic}`),
    ].filter((lines) => lines.length > 0),
  };
}

function replacesText({ replaces, language, version }: Paper, format: Format): string | null {
  if (replaces === null) return null;
  return frame.replaces[language]
    .replace('{version}', String(version))
    .replace('{number}', replaces.number)
    .replace('{old}', String(replaces.version))
    .replace('{date}', format.date(replaces.issuedAt))
    .replace('{sha}', replaces.sha256.slice(0, 16))
    // Somebody’s own words may hold what a replacement takes for a sign of its own.
    .replace('{reason}', () => reasonText(replaces.reason, language));
}
