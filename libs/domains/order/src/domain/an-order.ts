import { noProgress, type Order, type Progress } from './order';

const at = new Date('2026-11-20T12:00:00.000Z');

/** For specs: an order as it might be, with what the spec is about. */
export const anOrder = ({ progress = {}, ...more }: Partial<Omit<Order, 'progress'>> & { readonly progress?: Partial<Progress> }): Order => ({
  id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b90',
  number: 'AB-2026-000123',
  tenantId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01',
  buyerId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
  placedBy: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
  version: 1,
  state: 'requested',
  enteredAt: at,
  dueAt: null,
  holdsVehicle: false,
  vehicleId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60',
  formerly: [],
  listingId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b61',
  capacity: 'buyer_agent',
  sellerKind: 'dealer_margin',
  buyerKind: 'private',
  jurisdiction: { country: 'DE', region: null },
  locale: 'de',
  car: null,
  quote: { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b71', expiresAt: '2026-11-23T12:00:00.000Z', askedPrice: 1_899_000, priceVersion: 1, rules: [], open: [] },
  price: {
    currency: 'EUR',
    total: 1_966_794,
    deposit: 196_679,
    lines: [
      { code: 'price', amount: 1_899_000, payee: 'seller', rule: null },
      { code: 'broker_fee', amount: 67_794, payee: 'broker', rule: null },
    ],
  },
  priceAgreedAt: at.toISOString(),
  payingBy: 'card',
  deposit: null,
  settledAt: null,
  resumeState: null,
  cancellation: null,
  createdAt: at,
  updatedAt: at,
  ...more,
  progress: { ...noProgress, ...progress },
});
