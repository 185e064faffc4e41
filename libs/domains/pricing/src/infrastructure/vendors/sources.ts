import { Injectable } from '@nestjs/common';
import { type ValuationSource, ValuationSources } from '../../application/external/ports';
import { EdmundsValuations } from './edmunds';
import { KbbValuations } from './kbb';
import { SharedResearch } from './market-research';

@Injectable()
export class AllValuationSources extends ValuationSources {
  private readonly sources: readonly ValuationSource[];

  constructor(kbb: KbbValuations, edmunds: EdmundsValuations, perplexity: SharedResearch) {
    super();
    this.sources = [kbb, edmunds, perplexity];
  }

  override all(): readonly ValuationSource[] {
    return this.sources;
  }
}
