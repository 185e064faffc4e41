export { netOfTax as netOf, taxOn } from '@autobroker/kernel';
