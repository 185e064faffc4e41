import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';
import { z } from 'zod';

const url = (name: string, variable: string) => ({
  env: variable,
  schema: env.url({ protocols: ['http', 'https'] }).optional(),
  description: `Address of ${name}’s API; its own when only a key is set, else the sandbox’s stand-in; refused in production where it leads into this network`,
  default: undefined,
});
const secret = (variable: string, description: string) => ({ env: variable, schema: z.string().min(1).optional(), description, secret: true, default: undefined });
const hourMs = 3_600_000;

/** Whom buyers pay by, and how the broker's own rules for money are set. */
export const paymentConfig = defineConfig('payment', {
  sandboxUrl: {
    env: 'SANDBOX_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Front page of the sandbox, which says where its stand-ins for the vendors are; refused in production',
    default: undefined,
  },
  publicUrl: {
    env: 'PUBLIC_URL',
    schema: env.url({ protocols: ['http', 'https'] }).optional(),
    description: 'Address by which others reach the platform, for links that it hands out; http://localhost with the port when absent',
    default: undefined,
  },
  port: { env: 'PORT', schema: z.int().min(0).max(65_535), description: 'Port that requests are taken on; when it is in use the process ends with an error', default: 4_000 },
  portalUrl: { env: 'PORTAL_URL', schema: z.url(), description: 'Where links in mails lead (`/verify-email`, `/reset-password`, `/accept-invitation`)', default: 'http://localhost:3000' },
  stripeUrl: url('Stripe', 'STRIPE_API_URL'),
  stripeKey: secret('STRIPE_SECRET_KEY', 'Secret key of the Stripe account; without one the sandbox answers, and in production nobody'),
  stripeWebhookSecrets: { env: 'STRIPE_WEBHOOK_SECRETS', schema: env.list().optional(), description: 'Signing secrets of the webhook endpoint at Stripe, more than one while they are rolled', secret: true, default: undefined },
  paypalUrl: url('PayPal', 'PAYPAL_API_URL'),
  paypalClientId: secret('PAYPAL_CLIENT_ID', 'Client id of the PayPal app; without one the sandbox answers, and in production nobody'),
  paypalClientSecret: secret('PAYPAL_CLIENT_SECRET', 'Secret of the PayPal app'),
  paypalWebhookId: { env: 'PAYPAL_WEBHOOK_ID', schema: z.string().min(1).optional(), description: 'Id of the webhook at PayPal, over which its events are signed', default: undefined },
  timeoutMs: { env: 'PAYMENT_PROVIDER_TIMEOUT', schema: env.duration({ min: 100 }), description: 'How long one answer of a payment provider may take', default: 20_000 },
  captureMarginMs: { env: 'PAYMENT_CAPTURE_MARGIN', schema: env.duration({ min: 60_000 }), description: 'How long before a hold ends it is taken, or let go where the car is not being looked at yet', default: 24 * hourMs },
  payTimeMs: { env: 'PAYMENT_TIME', schema: env.duration({ min: 31 * 60_000, max: 24 * hourMs }), description: 'How long a payment page stays open', default: hourMs },
  transferTimeMs: { env: 'PAYMENT_TRANSFER_TIME', schema: env.duration({ min: hourMs }), description: 'How long a bank transfer is waited for', default: 7 * 24 * hourMs },
  refundLimit: { env: 'REFUND_FOUR_EYES_LIMIT', schema: z.int().min(0), description: 'Refunds of one order above this (minor units) need a second person, where the tenant has set no limit of its own', default: 50_000 },
  transferCountry: { env: 'PAYMENT_TRANSFER_COUNTRY', schema: z.enum(['DE', 'FR', 'IE', 'NL']), description: 'Country of the IBAN that bank transfers in euro go to, of those where Stripe has such accounts', default: 'DE' },
});

export type PaymentConfig = ConfigOf<typeof paymentConfig>;
