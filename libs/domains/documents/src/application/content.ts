import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type Database, PersonVault, type Tx } from '@autobroker/platform/database';
import type { Branding, Paper } from '../domain/paper/paper';
import type { Template } from '../domain/paper/template';
import { compose } from '../domain/paper/compose';
import type { Composed } from '../domain/paper/composed';

/** Injection token of this service's vault. */
export const VAULT: symbol = Symbol.for('documents:vault');

/** What a document is of, and what it says of it: it says the same for ever, whatever template and words of ours become meanwhile. */
export interface FrozenContent {
  readonly paper: Paper;
  readonly branding: Branding;
  readonly composed: Composed;
}

/** As it lies in the vault: the logo is in the branding already. Older ones hold the template that their words were made from. */
type SealedForm = Omit<FrozenContent, 'composed'> & ({ readonly composed: Composed } | { readonly composed?: undefined; readonly template: Template });

const withLogo = (composed: Composed, logo: Branding['logo']): Composed => ({ ...composed, letterhead: { ...composed.letterhead, logo } });

/** Names and addresses go in and out of the database here, under the buyer's own key. */
@Injectable()
export class SealedContent {
  constructor(@Inject(VAULT) private readonly vault: PersonVault) {}

  seal(on: Tx | Database, personId: string, value: unknown, purpose: 'document' | 'signature'): Promise<string> {
    return this.vault.encrypt(on, personId, JSON.stringify(value), purpose);
  }

  /** Null where the person was erased. */
  async open(personId: string, sealed: string, purpose: 'document' | 'signature'): Promise<unknown> {
    const text = await this.vault.decrypt(personId, sealed, { purpose });
    if (text === null) return null;
    const value: unknown = JSON.parse(text);
    return value;
  }

  freeze(tx: Tx, personId: string, { composed, ...content }: FrozenContent): Promise<string> {
    const form: SealedForm = { ...content, composed: withLogo(composed, null) };
    return this.seal(tx, personId, form, 'document');
  }

  /** What a document said when it got its number; null where that is erased. Sealed by ourselves: what can be opened is what was put in. */
  async frozen(personId: string, sealed: string | null): Promise<FrozenContent | null> {
    const form = sealed === null ? null : ((await this.open(personId, sealed, 'document')) as SealedForm | null);
    if (form === null) return null;
    const { paper, branding } = form;
    return { paper, branding, composed: form.composed === undefined ? compose({ paper, branding, template: form.template }) : withLogo(form.composed, branding.logo) };
  }

  /** What is compared and never read again: an address on the network says where somebody was. */
  hashed(purpose: string, text: string): string {
    return this.vault.blindIndex(purpose, text);
  }

  destroy(tx: Tx, personId: string): Promise<void> {
    return this.vault.destroy(tx, personId);
  }
}

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
export const contentHashOf = (composed: Composed): string => sha256(JSON.stringify(composed));
