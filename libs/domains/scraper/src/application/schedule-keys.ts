/** What schedules are called. */
export const sourceKey = (slug: string): string => `source:${slug}`;
export const searchKey = (id: string): string => `search:${id}`;
