import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PublicJwk, SigningKeyRecord } from '../../application/ports/signing-keys';
import type { SigningKeyStatus } from '../../domain/signing-key-rotation';

@Entity({ schema: 'identity', name: 'signing_keys' })
export class SigningKeyEntity implements SigningKeyRecord {
  @PrimaryColumn({ type: 'text' }) kid!: string;
  @Column({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) status!: SigningKeyStatus;
  @Column({ name: 'public_jwk', type: 'jsonb' }) publicJwk!: PublicJwk;
  @Column({ name: 'private_encrypted', type: 'text', nullable: true }) privateEncrypted!: string | null;
  @Column({ name: 'created_at', type: 'timestamptz' }) createdAt!: Date;
  @Column({ name: 'activated_at', type: 'timestamptz', nullable: true }) activatedAt!: Date | null;
  @Column({ name: 'replaced_at', type: 'timestamptz', nullable: true }) replacedAt!: Date | null;
}
