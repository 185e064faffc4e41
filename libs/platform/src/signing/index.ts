export { planRotation, type RotationPolicy, type RotationStep, type SigningKeyState, type SigningKeyStatus } from './rotation';
export { SigningKeyColumns, signingKeysTable, type PublicJwk, type SigningKeyRecord } from './table';
export { SigningKeys, type SigningKeysOptions } from './signing-keys';
