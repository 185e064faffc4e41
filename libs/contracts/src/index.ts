export * from './problems';
export * from './access';
export * from './tiers';
export * from './event';
export * from './schemas';
export * from './events/audit';
export * from './events/identity';
export * from './events/vehicle';
