import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { appConfig, type AppSettings } from '@autobroker/platform/app';
import { sealConfig, type SealConfig } from '../../application/config';
import { PlatformSeal } from '../../application/ports';
import type { SigningKey } from './cms';
import { signPdf } from './sign-pdf';
import { readSigningKey } from './signing-key';

/** Seals with the key of the configuration (PAdES baseline B). A wrong one is found when the service starts. */
@Injectable()
export class PadesSeal extends PlatformSeal {
  private key: SigningKey | null;

  constructor(
    @Inject(sealConfig.token) { signingKey }: SealConfig,
    @Inject(appConfig.token) private readonly app: AppSettings,
  ) {
    super();
    this.key = signingKey === 'development' ? null : readSigningKey(signingKey);
  }

  override sign(pdf: Buffer, details: Parameters<PlatformSeal['sign']>[1]): Buffer {
    this.key ??= readSigningKey(developmentKey(this.app.dataFolder));
    return signPdf(pdf, details, this.key);
  }
}

/** Made once, and kept: two processes on one machine, or one that starts again, seal alike. */
function developmentKey(folder: string): string {
  const file = join(folder, 'document-signing.key');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return readFileSync(file, 'utf8');
}
