import { documentsEvents, orderNoted } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite([...documentsEvents, orderNoted]);
