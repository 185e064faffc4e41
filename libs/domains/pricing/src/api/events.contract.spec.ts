import { allEvents } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite(allEvents().filter((event) => event.service === 'pricing'));
