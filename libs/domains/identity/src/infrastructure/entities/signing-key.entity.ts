import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PublicJwk, SigningKeyRecord } from '../../application/ports/signing-keys';
import type { SigningKeyStatus } from '../../domain/signing-key-rotation';

@Entity({ schema: 'identity', name: 'signing_keys' })
@Index('signing_keys_one_current', { synchronize: false })
@Index('signing_keys_one_next', { synchronize: false })
@Check('signing_keys_status_check', `status in ('next', 'current', 'previous', 'retired')`)
export class SigningKeyEntity implements SigningKeyRecord {
  @PrimaryColumn({ type: 'text' }) declare kid: string;
  @Column({ type: 'uuid' }) declare id: string;
  @Column({ type: 'text' }) declare status: SigningKeyStatus;
  @Column({ name: 'public_jwk', type: 'jsonb' }) declare publicJwk: PublicJwk;
  @Column({ name: 'private_encrypted', type: 'text', nullable: true }) declare privateEncrypted: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) declare createdAt: Date;
  @Column({ name: 'activated_at', type: 'timestamptz', nullable: true }) declare activatedAt: Date | null;
  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true }) declare replacedAt: Date | null;
}
