/**
 * The Mustang validator for tests: EN 16931 by schema and schematron, PDF/A by veraPDF, which is in it. Maven resolves its
 * artifact by its coordinates, and the small compiler that our few lines need, so that a Java without one is enough.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder, once, onPath, run } from './support.mjs';

const validator = { artifact: 'org.mustangproject:validator:2.22.0:jar:shaded', file: 'validator-2.22.0-shaded.jar' };
const compiler = { artifact: 'org.eclipse.jdt:ecj:3.33.0', file: 'ecj-3.33.0.jar' };
const plugin = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
/** Of our own lines: another text is another folder in the cache. */
const edition = 1;

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>autobroker.engines</groupId><artifactId>mustang</artifactId><version>1</version><packaging>pom</packaging>
</project>
`;

const findJava = () => {
  const home = process.env.JAVA_HOME;
  const java = home !== undefined && existsSync(join(home, 'bin', 'java')) ? join(home, 'bin', 'java') : onPath('java', ['/usr/bin']);
  if (java === undefined) throw new Error('the Mustang validator needs Java 17 or newer on the PATH');
  return java;
};

const prepare = async (java) => {
  const base = await cacheFolder('mustang');
  return once(join(base, `validator-2.22.0-${edition}`), async (folder) => {
    const mvn = onPath('mvn', ['/usr/bin']);
    if (mvn === undefined) throw new Error('the Mustang validator needs Maven on the PATH to be fetched');
    await writeFile(join(folder, 'pom.xml'), pom);
    const jars = join(folder, 'jars');
    for (const { artifact } of [validator, compiler]) {
      await run(mvn, ['-B', '-q', '-f', join(folder, 'pom.xml'), `${plugin}:copy`, `-Dartifact=${artifact}`, `-DoutputDirectory=${jars}.part`], { maxBuffer: 16 * 1024 * 1024 });
    }
    await rename(`${jars}.part`, jars);
    await mkdir(join(folder, 'classes'));
    const source = join(dirname(fileURLToPath(import.meta.url)), 'fixtures', 'ValidateInvoices.java');
    await run(java, ['-jar', join(jars, compiler.file), '-17', '-nowarn', '-cp', join(jars, validator.file), '-d', join(folder, 'classes'), source]);
  });
};

/** What the validator finds in each file: whether it is whole and valid, and its report, which names every rule that is broken. */
export const validateInvoices = async (files) => {
  const java = findJava();
  const folder = await prepare(java);
  const classPath = [join(folder, 'classes'), join(folder, 'jars', validator.file)].join(delimiter);
  const { stdout } = await run(java, ['-cp', classPath, 'ValidateInvoices', ...files], { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  return stdout
    .split('\u0001')
    .slice(1)
    .map((part) => {
      const [file, valid, report] = part.split('\u0002');
      return { file, valid: valid === 'true', report, errors: [...report.matchAll(/<(?:error|exception)\b[^>]*>([^<]*)/g)].map(([, text]) => text.trim()) };
    });
};
