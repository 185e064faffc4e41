/**
 * A real Kafka for tests: the brokers at `ENGINES_KAFKA_BROKERS` (or `KAFKA_BROKERS`), or a single KRaft node put together
 * from Apache's own artifacts, which Maven resolves by their coordinates and keeps in the cache folder.
 */
import { connect } from 'node:net';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, foreignServer, freePort, once, onPath, run, scratch, serverProcess } from './support.mjs';

const version = '4.1.0';
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>autobroker.engines</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;

const findJava = () => {
  const home = process.env.JAVA_HOME;
  const java = home !== undefined && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : onPath('java', ['/usr/bin']);
  if (java === undefined) throw new Error('Kafka needs Java 17 or newer on the PATH, or the address of a broker in ENGINES_KAFKA_BROKERS');
  return java;
};

/** The folder with the server and everything that it needs. */
const findJars = async () => {
  const base = await cacheFolder('kafka');
  return once(join(base, `kafka-${version}`), async (folder) => {
    const mvn = onPath('mvn', ['/usr/bin']);
    if (mvn === undefined) throw new Error('Kafka needs Maven on the PATH to be fetched, or the address of a broker in ENGINES_KAFKA_BROKERS');
    await writeFile(join(folder, 'pom.xml'), pom);
    const jars = join(folder, 'jars');
    await run(mvn, ['-B', '-q', '-f', join(folder, 'pom.xml'), `${plugin}:copy-dependencies`, '-DincludeScope=runtime', `-DoutputDirectory=${jars}.part`], {
      maxBuffer: 16 * 1024 * 1024,
    });
    await rename(`${jars}.part`, jars);
  });
};

const settings = ({ port, controllerPort, data, extra }) =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'listener.security.protocol.map': 'CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT',
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': data,
    'auto.create.topics.enable': 'false',
    'num.partitions': 3,
    'offsets.topic.num.partitions': 4,
    'offsets.topic.replication.factor': 1,
    'transaction.state.log.num.partitions': 2,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    // a group of tests should not wait three seconds for members that never come
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1000,
    'log.cleaner.enable': 'false',
    // after a kill the same broker may come back only when its old session has ended
    'broker.session.timeout.ms': 2000,
    'broker.heartbeat.interval.ms': 500,
    ...extra,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** An ApiVersions request: a broker that is still loading accepts the connection but does not answer it. */
const answersApiVersions = (port) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    const client = Buffer.from('ready');
    const request = Buffer.alloc(4 + 10 + client.length);
    request.writeInt32BE(request.length - 4, 0);
    request.writeInt16BE(18, 4); // ApiVersions
    request.writeInt16BE(0, 6);
    request.writeInt32BE(1, 8);
    request.writeInt16BE(client.length, 12);
    client.copy(request, 14);
    socket.once('connect', () => socket.write(request));
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });

/**
 * @param {{ settings?: (ports: { port: number, controllerPort: number }) => Record<string, string | number> }} [options]
 * `settings` override the broker's own
 */
export const startKafka = async (options = {}) => {
  const given = process.env.ENGINES_KAFKA_BROKERS || process.env.KAFKA_BROKERS;
  if (given) return { brokers: given.split(',').map((broker) => broker.trim()), owned: false, ...foreignServer() };

  const java = findJava();
  const jars = join(await findJars(), 'jars', '*');
  const folder = await scratch('kafka');
  const data = join(folder, 'data');
  await mkdir(data);
  const port = await freePort();
  const controllerPort = await freePort();
  const extra = options.settings?.({ port, controllerPort });
  const config = join(folder, 'server.properties');
  await writeFile(config, settings({ port, controllerPort, data, extra }));
  await writeFile(join(folder, 'log4j2.properties'), 'rootLogger.level=warn\nrootLogger.appenderRef.out.ref=out\nappender.out.type=Console\nappender.out.name=out\nappender.out.layout.type=PatternLayout\nappender.out.layout.pattern=%d %p %c %m%n\n');

  // A small heap and the quick compiler only: the tests send thousands of messages, not millions.
  const jvm = ['-Xms128m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', `-Dlog4j2.configurationFile=${join(folder, 'log4j2.properties')}`, '-cp', jars];
  const cluster = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  await run(java, [...jvm, 'kafka.tools.StorageTool', 'format', `--cluster-id=${cluster}`, '-c', config], { cwd: folder });

  const server = serverProcess({
    name: 'kafka',
    command: java,
    args: [...jvm, 'kafka.Kafka', config],
    port,
    folder,
    ready: () => answersApiVersions(port),
    patienceMs: 60_000,
  });
  await server.start();
  return { brokers: [`127.0.0.1:${port}`], owned: true, ...server };
};
