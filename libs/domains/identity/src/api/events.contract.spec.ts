import { allEvents, auditRecorded } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

/** What identity says, and the one thing it listens to. */
eventFixtureSuite([...allEvents().filter((event) => event.service === 'identity'), auditRecorded]);
