import { orderEvents } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite(orderEvents);
