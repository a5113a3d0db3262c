// node run-cases.mjs [CASE...]: what ./run does when something is in its way, and after it was
// killed, on a copy of this checkout that ./check has built. A case is one of the functions below.
import { once } from 'node:events';
import {
  appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { GatewayRun } from '../peers/gateway-run.mjs';
import { Report } from '../peers/report.mjs';
import { Checkout } from './checkout.mjs';
import { kill, noneLeft, processesOf, Run } from './run.mjs';
import { Shell } from './shell.mjs';

const UP = 'Ctrl-C stops everything';
const report = new Report();
const checkout = new Checkout();
const data = checkout.path('kept');
const OPTIONS = ['--data', data, '--port', '0'];

// One line on standard error, exit status 1, and nothing left behind.
async function refuses(name, line, options = OPTIONS, environment = {}) {
  const run = new Run(checkout, options, environment);
  const status = await run.end();
  report.holds(name, status === 1 && line.test(run.err) && run.err.trim().split('\n').length === 1,
    `${status}: ${run.err} ${run.out}`);
}

async function start(name, options = OPTIONS) {
  const run = new Run(checkout, options);
  const seconds = await run.says(UP);
  report.ok(`${name}, in ${seconds.toFixed(0)} s`);
  return run;
}

async function stop(name, run) {
  const status = await run.interrupt();
  await noneLeft(checkout.folder);
  report.holds(name, status === 130 || status === 'SIGINT', `${status}: ${run.err} ${run.out}`);
}

async function busyPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  await refuses('a busy port', new RegExp(`^Port ${port} is in use\\. `), [
    ...OPTIONS.slice(0, 3), String(port)]);
  server.close();
}

// Nothing in the usual places, and an old one on the path.
async function noJdk() {
  const empty = checkout.path('target/empty');
  mkdirSync(empty);
  writeFileSync(`${empty}/javac`, '#!/bin/sh\necho javac 17.0.1\n', { mode: 0o755 });
  const file = checkout.path('.ci/jdk.sh');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replaceAll(/ \/(usr\/lib\/jvm|opt|Library)\//g, ` ${empty}/`));
  await refuses('no JDK 25', /^Sallyport needs a JDK 25 or newer and found none: /, OPTIONS, {
    JAVA_HOME: empty, SALLYPORT_JAVA_HOME: '', HOME: empty, PATH: `${empty}:${process.env.PATH}` });
  writeFileSync(file, text);
}

async function firstStart() {
  const run = await start('the first start');
  const mode = (path) => (statSync(path).mode & 0o777).toString(8);
  report.holds('only the owner reads it', mode(data) === '700' && mode(`${data}/run.json`) === '600', '');
  const [, lines] = /\(paste the lines\):\n(.*)^Ctrl-C/ms.exec(run.out);
  const shell = new Shell(checkout.folder);
  const said = await shell.paste(lines);
  await shell.close();
  report.holds('what it prints runs as pasted', said.includes('"result"') && said.includes('alice'), said);
  await refuses('a second one on the same folder', /^Another \.\/run uses the data folder /);
  report.holds('which leaves the first alone', (await apps()).includes('demo-mcp'), 'no answer');
  await stop('Ctrl-C', run);
  report.holds('run.json goes with it', !readdirSync(data).includes('run.json'), 'it is still there');
}

async function apps() {
  const { items } = await new GatewayRun(`${data}/run.json`).api('GET', 'apps');
  return items.map((app) => app.name);
}

async function secondStart() {
  const run = await start('the second start');
  report.holds('builds nothing', !run.out.includes('Building'), run.out);
  const kept = { name: 'kept', uri: 'mcp+http://127.0.0.1:9/mcp', labels: { env: 'kept' } };
  await new GatewayRun(`${data}/run.json`).api('POST', 'apps', kept);
  kill(processesOf(data));
  await run.end();
  await noneLeft(checkout.folder);
}

async function afterACrash() {
  let run = await start('a start after everything was killed');
  report.holds('keeps what was written', (await apps()).includes('kept'), await apps());
  kill([[run.pid]]);
  await run.end();
  report.holds('a killed launcher leaves its server', processesOf(data).length > 0, 'nothing');
  run = await start('a start after the launcher was killed');
  report.holds('stops what was left', run.out.includes('left by an earlier run'), run.out);
  await stop('Ctrl-C after that', run);
}

async function interruptedStart() {
  const run = new Run(checkout, OPTIONS);
  await run.says('Starting PostgreSQL');
  await stop('Ctrl-C while it starts', run);
}

async function noDemo() {
  const bare = checkout.path('bare');
  const run = await start('a start without the demo', ['--data', bare, '--port', '0', '--no-demo']);
  const file = JSON.parse(readFileSync(`${bare}/run.json`, 'utf8'));
  report.holds('tells of none', !file.demo && !/An agent of|Sign in with/.test(run.out), run.out);
  const { items } = await new GatewayRun(`${bare}/run.json`).api('GET', 'apps');
  report.holds('has no app', items.length === 0, JSON.stringify(items));
  await stop('Ctrl-C without the demo', run);
}

async function olderCheckout() {
  const newest = readdirSync(checkout.path('liquibase')).filter((f) => f.endsWith('.sql')).sort().pop();
  const file = checkout.path('liquibase', newest);
  const text = readFileSync(file);
  rmSync(file);
  checkout.countAsBuilt();
  await refuses('a folder of a newer schema', /^The data folder was used by a newer Sallyport /);
  await noneLeft(checkout.folder);
  writeFileSync(file, text);
  checkout.countAsBuilt();
}

async function staleWar() {
  const file = checkout.path('src/main/webapp/sp.css');
  const later = new Date(Date.now() + 1_000);
  appendFileSync(file, '\n.sp-touched { color: red }\n');
  utimesSync(file, later, later);
  const run = await start('a start after a source was touched');
  const { base } = JSON.parse(readFileSync(`${data}/run.json`, 'utf8'));
  const served = await (await fetch(`${base}/sp.css`)).text();
  report.holds('serves what was touched', served.includes('.sp-touched'), served.slice(-200));
  await stop('Ctrl-C at last', run);
}

const CASES = [
  busyPort, noJdk, firstStart, secondStart, afterACrash, interruptedStart, noDemo, olderCheckout,
  staleWar,
];
const wanted = process.argv.slice(2);
try {
  for (const walk of CASES.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    await walk();
  }
} catch (error) {
  report.fail('the walk', error.message);
} finally {
  kill(processesOf(checkout.folder));
  checkout.remove();
}
process.exitCode = report.close();
