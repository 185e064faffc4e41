import { Module } from '@nestjs/common';
import { defineService, type ServiceDefinition } from '../app';
import { platformTables } from '../database';

/** A service that has an outbox and nothing else, to say what the real one would. */
export function speakerFor(name: string): ServiceDefinition {
  @Module({})
  class SpeakerModule {}
  return defineService({ name, module: SpeakerModule, entities: [], migrations: platformTables(name), routes: [] });
}
