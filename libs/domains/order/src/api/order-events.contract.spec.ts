import { documentsEvents, listingChecked, offerCheckAsked, orderContractReady, orderEvents, orderNoted, orderPriceChanged, orderResumed, orderReturnSettled, paymentEvents, userErased, vehicleEvents } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

// What is told, and what is heard.
eventFixtureSuite([...Object.values(orderEvents), orderPriceChanged, orderContractReady, orderNoted, orderResumed, orderReturnSettled, offerCheckAsked]);
eventFixtureSuite([...paymentEvents, ...documentsEvents, ...vehicleEvents, listingChecked, userErased]);
