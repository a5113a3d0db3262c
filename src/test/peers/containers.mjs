// node containers.mjs: what npm holds to read the files of docker/ with: the Containerfile's
// instructions, compose's schema and good habits, the schemas of Kubernetes. Each must also find
// what is broken on purpose.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { validate } from 'dockerfile-utils';
import * as apps from 'kubernetes-models/apps/v1';
import * as networking from 'kubernetes-models/networking.k8s.io/v1';
import * as policy from 'kubernetes-models/policy/v1';
import * as core from 'kubernetes-models/v1';
import { parseAllDocuments } from 'yaml';
import { Report } from './report.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const docker = join(here, '../../../docker');
const KINDS = {
  v1: core, 'apps/v1': apps, 'networking.k8s.io/v1': networking, 'policy/v1': policy };
const report = new Report();

function containerfile(text) {
  return validate(text).map(({ range, message }) => `line ${range.start.line + 1}: ${message}`);
}

function compose(text) {
  const folder = mkdtempSync(join(tmpdir(), 'sallyport-compose-'));
  try {
    const file = join(folder, 'compose.yaml');
    writeFileSync(file, text);
    const program = join(here, 'node_modules/.bin/dclint');
    const options = ['--config', join(here, 'dclint.json'), '--max-warnings', '0', file];
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...options], { encoding: 'utf8' });
    return status === 0 ? [] : [stdout + stderr];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function kubernetes(text) {
  const documents = parseAllDocuments(text, { uniqueKeys: true });
  return documents.flatMap((document) => {
    if (document.errors.length > 0) {
      return document.errors.map(String);
    }
    const object = document.toJS();
    const Kind = KINDS[object.apiVersion]?.[object.kind];
    if (!Kind) {
      return [`there is no ${object.apiVersion} ${object.kind}`];
    }
    try {
      new Kind(object).validate();
      return [];
    } catch (error) {
      return [`${object.kind}: ${error.message}`];
    }
  });
}

// `breaks` are pairs of what stands there and what would be wrong.
function lint(name, linter, breaks) {
  const text = readFileSync(join(docker, name), 'utf8');
  const found = linter(text);
  report.holds(`${name} has no fault`, found.length === 0, found.join('; '));
  for (const [right, wrong] of breaks) {
    const broken = text.replace(right, wrong);
    report.holds(`${name} with ${JSON.stringify(wrong)} has one`,
      broken !== text && linter(broken).length > 0, 'nothing was found');
  }
}

lint('Containerfile', containerfile, [
  ['\nUSER ', '\nUSRE '],
  ['--start-period=60s', '--start-period=soon'],
  ['EXPOSE 8080', 'EXPOSE web'],
]);
lint('compose.yaml', compose, [
  ['    image: ', '    imagee: '],
  ['stop_grace_period: 45s', 'stop_grace_period: [45]'],
  ['image: docker.io/library/postgres:18', 'image: docker.io/library/postgres'],
]);
lint('kubernetes/sallyport.yaml', kubernetes, [
  ['replicas: 2', 'replicas: two'],
  ['runAsNonRoot: true', 'runAsNonRoot: "yes"'],
  ['containerPort: 8080', 'containerPrt: 8080'],
  ['pathType: Prefix', 'pathType: [Prefix]'],
]);
process.exitCode = report.close();
