import { paymentEvents } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite(paymentEvents);
