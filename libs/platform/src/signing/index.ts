export type { RotationPolicy, SigningKeyStatus } from './rotation';
export { SigningKeyColumns, signingKeyJson, signingKeysTable } from './table';
export { SigningKeys, type SigningKeysOptions } from './signing-keys';
