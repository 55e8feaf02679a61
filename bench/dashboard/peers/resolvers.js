// The product's own schema and what its resolvers are given, for servers of others.
import { pino } from 'pino';
import { RepositorySync } from '../../../dist/application/sync-repository.js';
import { openDatabase, openSyncedSource, servicesOf } from '../../../dist/compose.js';
import { readConfig } from '../../../dist/config/config.js';
import { LOCAL_ACTOR } from '../../../dist/domain/campaign/actor.js';
import { buildApiSchema } from '../../../dist/resolvers/build-schema.js';
import { createContext } from '../../../dist/resolvers/context.js';
import { REQUEST_TIMEOUT_SECONDS } from '../../../dist/schema/limits.js';

const config = readConfig();
const running = await openDatabase(config, pino({ level: 'error' }));
const services = servicesOf(running, new RepositorySync(running.ports, openSyncedSource(config)), config);

export const port = config.port;
export const schema = await buildApiSchema();
export const context = () => createContext(services, LOCAL_ACTOR, REQUEST_TIMEOUT_SECONDS * 1_000);
