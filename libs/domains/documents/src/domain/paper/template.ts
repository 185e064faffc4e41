import type { DocumentKind, SignerRole } from '@autobroker/kernel';
import type { Words } from './words';

/** When a part of a template belongs to a document: a closed list, so that a template is data and can't compute. */
export const conditions = [
  ...(['america', 'california', 'elsewhere', 'agent', 'buyer_agent', 'seller_agent', 'own_name', 'dealer', 'private_buyer', 'business_buyer'] as const),
  ...(['consumer_sale', 'shortened_guarantee', 'private_sale', 'business_sale', 'withdrawal', 'withdrawal_america', 'withdrawal_later', 'no_withdrawal'] as const),
  ...(['margin', 'taxed', 'new_transport', 'to_pay', 'paid', 'model_2011'] as const),
] as const;
export type Condition = (typeof conditions)[number];

interface Conditional {
  readonly when?: Condition | undefined;
}

/** What a template is made of. Texts and fields stand in it by name. */
export type TemplateBlock = Conditional &
  (
    | { readonly block: 'text'; readonly text: string; readonly size?: 'normal' | 'lead' | 'small' | undefined }
    | { readonly block: 'heading'; readonly text: string }
    | { readonly block: 'parties'; readonly roles: readonly SignerRole[] }
    | { readonly block: 'facts'; readonly title?: string | undefined; readonly fields: readonly string[] }
    | { readonly block: 'price' }
    | { readonly block: 'invoice' }
    | { readonly block: 'refunds' }
    | { readonly block: 'clauses'; readonly clauses: readonly { readonly text: string; readonly when?: Condition | undefined }[] }
    | { readonly block: 'choices'; readonly texts: readonly string[] }
    | { readonly block: 'note'; readonly text: string }
    | { readonly block: 'signatures'; readonly roles: readonly SignerRole[] }
  );

export interface Template {
  readonly kind: DocumentKind;
  /** 0 is what the platform ships with; a tenant's own begin at 1. */
  readonly version: number;
  readonly blocks: readonly TemplateBlock[];
  /** A clause's title and its text are parted by the first line break. `{field}` is replaced. */
  readonly texts: Readonly<Record<string, Words>>;
  readonly settings: Readonly<Record<string, number>>;
}
