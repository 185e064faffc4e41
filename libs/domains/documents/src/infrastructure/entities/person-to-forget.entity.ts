import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'documents', name: 'people_to_forget' })
@Index('people_to_forget_due', ['tryAt'])
export class PersonToForgetEntity {
  @PrimaryColumn('uuid', { name: 'person_id' }) declare personId: string;
  @Column('timestamptz', { name: 'asked_at' }) declare askedAt: Date;
  @Column('timestamptz', { name: 'try_at' }) declare tryAt: Date;
}
