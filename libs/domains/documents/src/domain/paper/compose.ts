import { sellsAsOwn, type SignerRole } from '@autobroker/kernel';
import { isInvoiceKind } from '../document';
import type { Composed, Letterhead, Piece, SignatureMark } from './composed';
import { fields, isFieldName, newMeans } from './fields';
import { formatFor, type Format } from './format';
import { invoicePieces, priceTable, refundTable } from './money-pieces';
import { type Branding, type Paper, type PaperParty, partyAs } from './paper';
import type { Condition, Template, TemplateBlock } from './template';
import { capacityNames, correctedInvoice, frame, issuerName, kindNames, roleNames, traderNames, type Words } from './words';

export interface Composition {
  readonly paper: Paper;
  readonly template: Template;
  readonly branding: Branding;
  readonly signatures?: Partial<Record<SignerRole, SignatureMark>>;
}

/** Where something has to be written by hand. */
const blank = '____________________';
const unknown = '–';

/** A document in words: the same input gives the same document, for ever. */
export function compose({ paper, template, branding, signatures = {} }: Composition): Composed {
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
    subject: [`${paper.vehicle.make} ${paper.vehicle.model}`.trim(), paper.vehicle.vin].filter((part) => part !== null && part !== '').join(' · '),
    issuedAt: paper.issuedAt,
    letterhead: letterheadOf(parties.broker, branding, format),
    meta,
    addressee: [parties.buyer.name, ...addressLines(parties.buyer, format, parties.broker.address.country)],
    replaces: replacesText(paper, format),
    pieces: template.blocks.filter(({ when }) => holds(when, paper)).flatMap((block) => piecesOf(block, paper, template, format, signatures)),
    reference: `${number} · v${paper.version} · ${language} · ${frame.template[language]} ${paper.kind}/${template.version}`,
    pageLabel: frame.page[language],
    watermark: paper.number === null ? frame.draft[language] : null,
  };
}

function titleOf({ kind, language, replaces }: Paper): string {
  return kind === 'invoice' && replaces !== null ? correctedInvoice[language] : kindNames[kind][language];
}

function piecesOf(block: TemplateBlock, paper: Paper, template: Template, format: Format, signatures: Partial<Record<SignerRole, SignatureMark>>): Piece[] {
  const text = (name: string): string => filled(template.texts[name]?.[format.language] ?? '', paper, format);
  switch (block.block) {
    case 'text':
      return [{ piece: 'text', text: text(block.text), size: block.size ?? 'normal' }];
    case 'heading':
      return [{ piece: 'heading', text: text(block.text) }];
    case 'note':
      return [{ piece: 'note', text: text(block.text) }];
    case 'parties':
      return [{ piece: 'parties', parties: block.roles.flatMap((role) => partyPiece(role, paper, format)) }];
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
      return [signaturePiece(block.roles, paper, format, signatures)];
  }
}

function parted(text: string): { title: string; text: string } {
  const [title = '', ...rest] = text.split('\n');
  return rest.length === 0 ? { title: '', text: title } : { title, text: rest.join('\n') };
}

const filled = (text: string, paper: Paper, format: Format): string =>
  text.replaceAll(/\{([a-z_.]+)\}/gu, (whole, name: string) => (isFieldName(name) ? (fields[name].value(paper, format) ?? blank) : whole));

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

function partyPiece(role: SignerRole, paper: Paper, format: Format): { label: string; name: string; lines: string[] }[] {
  const party = partyAs(role, paper);
  // Who sells in its own name is the seller; the same party does not stand there twice.
  if (party === null || (role === 'broker' && sellsAsOwn(paper.order.capacity) && paper.kind === 'purchase_contract')) return [];
  const { language } = format;
  const lines = addressLines(party, format, null);
  if (party.vatId !== null) lines.push(`${frame.vatId[language]} ${party.vatId}`);
  if (party.licenceNo !== null) lines.push(`${frame.licence[language]} ${party.licenceNo}`);
  if (party.email !== null) lines.push(party.email);
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

function signaturePiece(roles: readonly SignerRole[], paper: Paper, format: Format, signatures: Partial<Record<SignerRole, SignatureMark>>): Piece {
  const own = sellsAsOwn(paper.order.capacity);
  const boxes = roles.map((role) => {
    const party = partyAs(role, paper);
    // What the broker signs as the seller is the broker's signature.
    const mark = signatures[role] ?? (role === 'seller' && own ? signatures.broker : undefined) ?? offered(role, paper);
    return { role, label: roleName(role, paper)[format.language], name: party?.name ?? '', mark: mark === null ? null : { ...mark, at: format.time(mark.at) } };
  });
  return { piece: 'signatures', place: frame.placeDate[format.language], boxes };
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
    .replace('{reason}', replaces.reason);
}

/** What can be asked of a sale by a template. */
function holds(when: Condition | undefined, paper: Paper): boolean {
  const { order, withdrawal, invoice, vehicle } = paper;
  const own = sellsAsOwn(order.capacity);
  const margin = invoice === null ? own && order.sellerKind !== 'dealer_vat' : invoice.treatment === 'margin';
  switch (when) {
    case undefined:
      return true;
    case 'america':
      return order.country === 'US';
    case 'elsewhere':
      return order.country !== 'US';
    case 'california':
      return order.country === 'US' && order.region === 'CA';
    case 'agent':
      return !own;
    case 'own_name':
      return own;
    case 'dealer':
      return order.capacity === 'dealer';
    case 'private_buyer':
      return order.buyerKind === 'private';
    case 'business_buyer':
      return order.buyerKind === 'business';
    case 'withdrawal':
      return withdrawal !== null;
    case 'no_withdrawal':
      return withdrawal === null;
    case 'margin':
      return margin;
    case 'taxed':
      return !margin;
    case 'new_transport':
      return invoice?.treatment === 'new_transport' || (invoice?.treatment === 'intra_community' && newMeans(paper));
    case 'to_pay':
      return invoice !== null && invoice.due > 0;
    case 'paid':
      return invoice !== null && invoice.due === 0;
    case 'model_2011':
      return (vehicle.year ?? 0) >= 2011;
  }
}
