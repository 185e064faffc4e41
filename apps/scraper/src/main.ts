import { scraperService } from '@autobroker/scraper';
import { runApp } from '@autobroker/platform/app';

void runApp('scraper', [scraperService]);
