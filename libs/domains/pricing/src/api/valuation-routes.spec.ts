import { collectRoutes } from '@autobroker/platform/http';
import { PriceModelsController } from './price-models.controller';
import { PricingController } from './pricing.controller';
import { StockController } from './stock.controller';

it('who may ask what a car is worth, price stock, and touch models', () => {
  const access = Object.fromEntries(collectRoutes([PricingController, StockController, PriceModelsController]).map((route) => [`${route.method} ${route.path}`, route.access.kind === 'permission' ? route.access.permission : route.access.kind]));
  expect(access).toEqual({
    'GET /vehicles/:id/pricing': 'pricing.read',
    'GET /vehicles/:id/recommended-price': 'stock_price.read',
    'GET /pricing-policy': 'stock_price.read',
    'PUT /pricing-policy': 'pricing_policy.manage',
    'GET /pricing-models': 'pricing_model.manage',
    'GET /pricing-models/:id': 'pricing_model.manage',
    'POST /pricing-models': 'pricing_model.manage',
    'POST /pricing-models/:id/promote': 'pricing_model.manage',
    'POST /pricing-models/rollback': 'pricing_model.manage',
    'POST /pricing-models/revaluation': 'pricing_model.manage',
  });
});
