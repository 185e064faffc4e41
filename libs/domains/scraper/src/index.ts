export { sourceSlugs } from './infrastructure/sources/addresses';
export { scraperService } from './scraper.module';
