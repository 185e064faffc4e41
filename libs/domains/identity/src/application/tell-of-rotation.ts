import { signingKeyRotated } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';

/** Everybody who verifies tokens fetches the keys anew. */
export const tellOfRotation = async (tx: Tx, kid: string, replaces: string): Promise<void> => {
  await tx.publish(signingKeyRotated, { key: 'signing-keys', tenantId: null, data: { kid, previous_kid: replaces } });
};
