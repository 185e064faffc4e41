import { buildOpenApi } from '@autobroker/platform/http';
import { vehicleFields } from '../application/vehicle-fields';
import { vehicleService } from '../vehicle.module';
import { vehicleFilters } from './schemas/vehicle-query';
import { vehicleSchema } from './schemas/vehicle-resource';

const document = JSON.parse(JSON.stringify(buildOpenApi(vehicleService.routes, { version: '1' })));

it('every route declares who may use it', () => {
  for (const { access, method, url, tag } of vehicleService.routes) {
    const [reads, writes] = tag === 'ingest' ? ['ingest.read', 'ingest.manage'] : ['vehicle.read', 'vehicle.write'];
    expect([url, access]).toEqual([url, { kind: 'permission', permission: method === 'GET' ? reads : writes }]);
  }
});

it('the fields that can be chosen are those of the resource', () => {
  const embedded = ['listings', 'price_history', 'media'];
  expect([...vehicleFields].sort()).toEqual(Object.keys(vehicleSchema.shape).filter((name) => !embedded.includes(name)).sort());
});

it('the document names every filter, and the shape of a bulk row', () => {
  const names: string[] = document.paths['/api/v1/vehicles'].get.parameters.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining([...Object.keys(vehicleFilters), 'sort', 'fields', 'include', 'page', 'per_page', 'cursor']));
  expect(JSON.stringify(document.paths['/api/v1/vehicles/bulk'].post.requestBody)).toContain('BulkVehicle');
  expect(document.components.schemas.BulkVehicle.required).toEqual(expect.arrayContaining(['source', 'external_id', 'make', 'model', 'year']));
});

it('the document holds together: what it refers to is there', () => {
  const references = new Set([...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((match) => match[1]));
  for (const name of references) expect(Object.keys(document.components.schemas)).toContain(name);
});
