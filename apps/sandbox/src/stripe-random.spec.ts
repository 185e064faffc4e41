import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import type { Sandbox } from './sandbox';
import { control, smallSandbox } from './suite/sandbox';
import { sdk } from './suite/stripe';

/** The same numbers every time. */
const dice = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const cards = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_chargeDeclined', 'pm_card_createDispute', 'pm_card_refundFail', 'pm_card_pendingRefund', 'pm_card_bypassPending'];

/** What may not be is refused; anything else that goes wrong is a fault. */
const tried = async (act: Promise<unknown>): Promise<void> => {
  try {
    await act;
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError) && !(error instanceof Stripe.errors.StripeCardError)) throw error;
  }
};

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Nothing was taken that was not held, nothing given back that was not taken, and the books say the same as the payments. */
const check = async (stripe: Stripe): Promise<number> => {
  const all = { limit: 10_000 };
  const intents = await stripe.paymentIntents.list({ limit: 100 }).autoPagingToArray(all);
  const charges = await stripe.charges.list({ limit: 100 }).autoPagingToArray(all);
  const refunds = await stripe.refunds.list({ limit: 100 }).autoPagingToArray(all);
  const booked = await stripe.balanceTransactions.list({ limit: 100 }).autoPagingToArray(all);
  for (const intent of intents) {
    const good = charges.filter((one) => one.payment_intent === intent.id && one.status === 'succeeded');
    expect(good.length).toBeLessThanOrEqual(1);
    expect(intent.amount_received).toBe(sum(good.map((one) => one.amount_captured)));
    expect(intent.amount_received + intent.amount_capturable).toBeLessThanOrEqual(intent.amount);
    expect(intent.status === 'requires_capture').toBe(intent.amount_capturable > 0);
    expect(intent.status === 'canceled').toBe(intent.canceled_at !== null);
  }
  for (const charge of charges) {
    const given = refunds.filter((one) => one.charge === charge.id && (one.status === 'succeeded' || one.status === 'pending'));
    expect(sum(given.map((one) => one.amount))).toBeLessThanOrEqual(charge.amount_captured);
    if (charge.captured) expect(charge.amount_refunded).toBe(sum(given.map((one) => one.amount)));
    expect(sum(booked.filter((one) => one.source === charge.id).map((one) => one.amount))).toBe(charge.amount_captured);
  }
  for (const refund of refunds) {
    const moved = sum(booked.filter((one) => one.source === refund.id).map((one) => one.amount));
    expect(moved).toBe(refund.status === 'failed' || refund.status === 'canceled' ? 0 : -refund.amount);
  }
  const { available, pending } = await stripe.balance.retrieve();
  expect(sum([...available, ...pending].filter((one) => one.currency === 'eur').map((one) => one.amount))).toBe(sum(booked.map((one) => one.net)));
  return intents.length;
};

let sandbox: Sandbox;
afterEach(() => sandbox.close());

it.each([1, 2, 3])('whatever is done in whatever order, with restarts in between, the money adds up (%i)', async (seed) => {
  const folder = mkdtempSync(join(tmpdir(), 'stripe-random-'));
  const options = { cars: 60, stateFile: join(folder, 'sandbox.json') };
  const roll = dice(seed);
  sandbox = await smallSandbox(options);
  let stripe = await sdk(sandbox);
  const ids: string[] = [];
  const some = (): string => ids[roll(ids.length)] ?? '';
  for (let step = 0; step < 220; step += 1) {
    const what = ids.length === 0 ? 0 : roll(12);
    if (what <= 3) {
      const made = await stripe.paymentIntents.create({ amount: 1_000 + roll(5_000), currency: 'eur', capture_method: roll(2) === 0 ? 'manual' : 'automatic', payment_method_options: { card: { request_multicapture: 'if_available' } } });
      ids.push(made.id);
      await tried(stripe.paymentIntents.confirm(made.id, { payment_method: cards[roll(cards.length)] ?? '' }));
    } else if (what <= 5) await tried(stripe.paymentIntents.capture(some(), { amount_to_capture: 1 + roll(6_000), final_capture: roll(3) > 0 }));
    else if (what === 6) await tried(stripe.paymentIntents.cancel(some()));
    else if (what <= 8) await tried(stripe.refunds.create({ payment_intent: some(), amount: 1 + roll(4_000) }));
    else if (what === 9) await tried(stripe.paymentIntents.confirm(some(), { payment_method: 'pm_card_visa' }));
    else if (what === 10) {
      const [dispute] = (await stripe.disputes.list({ payment_intent: some() })).data;
      if (dispute !== undefined) await tried(roll(2) === 0 ? stripe.disputes.close(dispute.id) : stripe.disputes.update(dispute.id, { evidence: { uncategorized_text: 'winning_evidence' } }));
    } else await control(sandbox, 'clock', { advance: `${1 + roll(30)}h` });
    if (step % 70 === 69) {
      await sandbox.close();
      sandbox = await smallSandbox(options);
      stripe = await sdk(sandbox);
    }
  }
  expect(await check(stripe)).toBe(ids.length);
  await control(sandbox, 'clock', { advance: '70d' });
  await check(stripe);
  expect((await stripe.paymentIntents.list({ limit: 100 })).data.filter((one) => one.status === 'requires_capture')).toEqual([]);
  await sandbox.close();
  rmSync(folder, { recursive: true });
}, 60_000);
