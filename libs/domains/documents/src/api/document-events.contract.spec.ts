import { documentsEvents } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite(documentsEvents);
