import { orderEvents, orderPriceChanged, orderResumed, orderReturnSettled, paymentEvents, userErased } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

// What is told, and what is heard.
eventFixtureSuite(paymentEvents);
eventFixtureSuite([...Object.values(orderEvents), orderPriceChanged, orderResumed, orderReturnSettled, userErased]);
