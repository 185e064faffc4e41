import { SigningKeyColumns } from '@autobroker/platform/signing';
import { Check, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'identity', name: 'signing_keys' })
@Index('signing_keys_one_current', { synchronize: false })
@Index('signing_keys_one_next', { synchronize: false })
@Check('signing_keys_status_check', `status in ('next', 'current', 'previous', 'retired')`)
export class SigningKeyEntity extends SigningKeyColumns {
  @PrimaryColumn({ type: 'text' }) declare kid: string;
}
