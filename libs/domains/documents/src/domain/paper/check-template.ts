import type { DocumentKind } from '@autobroker/kernel';
import { isFieldName } from './fields';
import { languages } from './paper';
import type { Template, TemplateBlock } from './template';

/** What a kind of document can't do without: fields, and blocks where a table says it. */
const mustHave: Readonly<Record<DocumentKind, readonly string[]>> = {
  quote: ['block:parties', 'block:price', 'vehicle.vin', 'quote.valid_until'],
  mandate: ['block:parties', 'vehicle.name', 'vehicle.vin', 'price.max', 'fee.amount', 'fee.payer', 'mandate.expires', 'mandate.exclusivity', 'broker.licence', 'text:scope', 'text:withdrawal', 'text:california', 'block:signatures'],
  deposit_receipt: ['block:parties', 'payment.amount', 'payment.method', 'payment.hold_expires', 'block:refunds', 'vehicle.vin'],
  purchase_contract: ['block:parties', 'block:price', 'vehicle.vin', 'vehicle.mileage', 'vehicle.first_registration', 'vehicle.owners', 'vehicle.damage', 'contract.defects', 'contract.guarantee', 'contract.delivery_place', 'contract.delivery_date', 'text:retention', 'block:signatures'],
  proforma: ['block:parties', 'block:price', 'vehicle.vin', 'text:not_an_invoice'],
  prepayment_invoice: ['block:parties', 'block:invoice', 'vehicle.vin', 'order.number', 'broker.vat_id', 'buyer.vat_id'],
  invoice: ['block:parties', 'block:invoice', 'vehicle.vin', 'vehicle.mileage', 'vehicle.first_use', 'order.delivered', 'order.number', 'broker.vat_id', 'buyer.vat_id'],
  credit_note: ['block:parties', 'block:invoice', 'credit.number', 'credit.date', 'credit.reason', 'vehicle.vin'],
  handover_protocol: ['block:parties', 'handover.at', 'handover.place', 'handover.odometer', 'handover.keys', 'handover.papers', 'handover.photos', 'handover.defects', 'vehicle.vin', 'block:signatures'],
  registration_poa: ['buyer.identity', 'agent.identity', 'vehicle.vin', 'poa.expires', 'text:scope', 'block:signatures'],
  odometer_statement: ['block:parties', 'odometer.reading', 'odometer.date', 'vehicle.vin', 'block:choices', 'text:retention', 'block:signatures'],
  bill_of_sale: ['block:parties', 'vehicle.vin', 'price.vehicle', 'sale.date', 'sale.lien', 'text:as_is', 'text:buyers_guide', 'block:signatures'],
};

export interface TemplateFault {
  readonly pointer: string;
  readonly code: 'unknown_field' | 'unknown_text' | 'not_translated' | 'missing' | 'unknown_setting' | 'out_of_range' | 'too_long';
  readonly detail: string;
}

/** What a template can set, from and to. */
const settings: Readonly<Record<string, { readonly kinds: readonly DocumentKind[]; readonly least: number; readonly most: number }>> = {
  mandate_days: { kinds: ['mandate'], least: 1, most: 366 },
  exclusive: { kinds: ['mandate'], least: 0, most: 1 },
  poa_days: { kinds: ['registration_poa'], least: 1, most: 366 },
};

/** Some thirty pages of words; a text counts as often as it stands in the document. */
const mostCharacters = 100_000;

const placeholders = (text: string): string[] => [...text.matchAll(/\{([a-z_.]+)\}/gu)].map((match) => match[1] ?? '');

const textsOf = (block: TemplateBlock): readonly string[] => {
  switch (block.block) {
    case 'text':
    case 'heading':
    case 'note':
      return [block.text];
    case 'facts':
      return block.title === undefined ? [] : [block.title];
    case 'clauses':
      return block.clauses.map(({ text }) => text);
    case 'choices':
      return block.texts;
    default:
      return [];
  }
};

/** What is wrong with a template; nothing, where it can be used. */
export function faultsOf(template: Template): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const used = new Set<string>();
  template.blocks.forEach((block, index) => {
    const pointer = `/blocks/${index}`;
    used.add(`block:${block.block}`);
    for (const name of block.block === 'facts' ? block.fields : []) {
      used.add(name);
      if (!isFieldName(name)) faults.push({ pointer, code: 'unknown_field', detail: `there is no field ${name}` });
    }
    for (const name of textsOf(block)) {
      used.add(`text:${name}`);
      if (!Object.hasOwn(template.texts, name)) faults.push({ pointer, code: 'unknown_text', detail: `there is no text ${name}` });
    }
  });
  for (const [name, text] of Object.entries(template.texts)) {
    for (const language of languages) {
      if (text[language].trim() === '') faults.push({ pointer: `/texts/${name}/${language}`, code: 'not_translated', detail: 'is empty' });
      for (const field of placeholders(text[language])) {
        if (used.has(`text:${name}`)) used.add(field);
        if (!isFieldName(field)) faults.push({ pointer: `/texts/${name}/${language}`, code: 'unknown_field', detail: `there is no field ${field}` });
      }
    }
  }
  for (const [name, value] of Object.entries(template.settings)) {
    const known = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (known?.kinds.includes(template.kind) !== true) faults.push({ pointer: `/settings/${name}`, code: 'unknown_setting', detail: `there is no setting ${name}` });
    else if (!Number.isInteger(value) || value < known.least || value > known.most) faults.push({ pointer: `/settings/${name}`, code: 'out_of_range', detail: `is ${known.least} to ${known.most}` });
  }
  for (const language of languages) {
    const length = template.blocks.flatMap(textsOf).reduce((sum, name) => sum + (Object.hasOwn(template.texts, name) ? (template.texts[name]?.[language].length ?? 0) : 0), 0);
    if (length > mostCharacters) faults.push({ pointer: '/blocks', code: 'too_long', detail: `has more than ${mostCharacters} characters in ${language}` });
  }
  for (const need of mustHave[template.kind]) {
    if (!used.has(need)) faults.push({ pointer: '/blocks', code: 'missing', detail: `a ${template.kind} needs ${need}` });
  }
  return faults;
}
