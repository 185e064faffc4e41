import { {{Thing}}Entity } from './{{thing}}.entity';

export const {{camel}}Entities = [{{Thing}}Entity];
