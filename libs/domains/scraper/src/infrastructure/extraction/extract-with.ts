export { extractPage as extractWith } from './extract-page';
