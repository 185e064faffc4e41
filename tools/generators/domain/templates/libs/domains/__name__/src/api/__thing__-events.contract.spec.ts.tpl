import { {{camel}}Events } from '@autobroker/contracts';
import { eventFixtureSuite } from '@autobroker/platform/testing';

eventFixtureSuite({{camel}}Events);
