export { scraperService } from './scraper.module';
