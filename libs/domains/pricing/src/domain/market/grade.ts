import type { CarFacts } from '../market-car';

/** Cars with a damage or a branded title are a market of their own. */
export const grades = { sound: 0, damaged: 1 } as const;
export type Grade = (typeof grades)[keyof typeof grades];

export function gradeOf({ titleStatus, damageType, condition }: Pick<CarFacts, 'titleStatus' | 'damageType' | 'condition'>): Grade {
  const branded = titleStatus !== 'clean' && titleStatus !== 'unknown';
  const broken = (damageType !== 'none' && damageType !== 'unknown') || condition === 'damaged' || condition === 'not_running';
  return branded || broken ? grades.damaged : grades.sound;
}

/** Kinds of cars whose value falls at a pace of its own. */
export const carKinds = ['electric', 'hybrid', 'pickup', 'suv', 'other'] as const;
export type CarKind = (typeof carKinds)[number];

export function kindOfCar({ fuel, body }: Pick<CarFacts, 'fuel' | 'body'>): CarKind {
  if (fuel === 'electric' || fuel === 'hydrogen') return 'electric';
  if (fuel === 'hybrid' || fuel === 'plug_in_hybrid') return 'hybrid';
  if (body === 'pickup') return 'pickup';
  return body === 'suv' ? 'suv' : 'other';
}

/** What makers, models and trims are compared by. */
export const nameKey = (name: string): string => name.trim().toLowerCase().replace(/\s+/gu, ' ').slice(0, 120);
