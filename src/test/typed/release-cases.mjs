// node release-cases.mjs: what .ci/release makes of a checkout that ./check has built, as somebody
// unpacks and starts it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, PATIENCE } from '../peers/deadline.mjs';
import { answers, freePort, GatewayRun } from '../peers/gateway-run.mjs';
import { Report } from '../peers/report.mjs';
import { Checkout } from './checkout.mjs';
import { NodeCall } from './node-call.mjs';
import { kill, noneLeft, processesOf, Run } from './run.mjs';
import { Shell } from './shell.mjs';
import { SlowApp } from './slow-app.mjs';

const UP = 'Ctrl-C stops everything';
const TERMINATED = 143;
const report = new Report();
const checkout = new Checkout();
// The folder of whoever unpacks it
const place = { folder: mkdtempSync(join(tmpdir(), 'sallyport-release-')) };

function unpack() {
  const said = execFileSync(checkout.path('.ci/release'), { encoding: 'utf8' });
  report.holds('a release is made of what is built', !said.includes('Building'), said);
  const [zip] = readdirSync(checkout.path('target')).filter((name) => name.endsWith('.zip'));
  execFileSync('unzip', ['-q', checkout.path('target', zip)], { cwd: place.folder });
  checkout.remove();
  const [name] = readdirSync(place.folder);
  pages(join(place.folder, name));
  return `${name}/bin/sallyport`;
}

// What its README points at must be there, and what bin/sallyport does.
function pages(folder) {
  const text = readFileSync(join(folder, 'README.md'), 'utf8');
  const links = [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, link]) => link);
  const missing = [...links, 'docs/settings.md'].filter((link) => !existsSync(join(folder, link)));
  report.holds("the README's pages are in it", links.length > 20 && missing.length === 0,
    `of ${links.length}: ${missing}`);
}

// The environment without settings, and with these.
function settings(wanted) {
  const none = Object.keys(process.env).filter((name) => name.startsWith('SALLYPORT_'));
  return { ...Object.fromEntries(none.map((name) => [name, undefined])), ...wanted };
}

async function refuses(name, line, wanted) {
  const run = new Run(place, ['start'], settings(wanted), program);
  const status = await run.end();
  report.holds(name, status === 1 && line.test(run.err) && run.out === '',
    `${status}: ${run.err} ${run.out}`);
}

async function demo() {
  const run = new Run(place, ['demo', '--port', '0'], settings({}), program);
  report.ok(`bin/sallyport demo starts, in ${(await run.says(UP)).toFixed(0)} s`);
  const [, lines] = /\(paste the lines\):\n(.*)^Ctrl-C/ms.exec(run.out);
  const shell = new Shell(place.folder);
  const said = await shell.paste(lines);
  await shell.close();
  report.holds('a call with the token of alice', said.includes('"result"') && said.includes('alice'),
    said);
  return run;
}

// A second node on the demo's database, by bin/sallyport start with the settings of the first.
async function start(first) {
  const text = readFileSync(`/proc/${first.pid}/environ`, 'utf8');
  const given = text.split('\0').filter((line) => /^SALLYPORT_(?!TLS_)/.test(line));
  const [port, management] = [await freePort(), await freePort()];
  const run = new Run(place, ['start'], settings({
    ...Object.fromEntries(given.map((line) => line.split(/=(.*)/s))),
    SALLYPORT_NODE_NAME: 'second',
    SALLYPORT_PORT: String(port),
    SALLYPORT_MANAGEMENT_PORT: String(management),
    SALLYPORT_BASE: join(place.folder, 'second'),
  }), program);
  const health = `http://127.0.0.1:${management}/health/ready`;
  await eventually(6 * PATIENCE, 'a ready second node', () => answers(health));
  report.ok('bin/sallyport start is ready');
  return { run, port, health };
}

// SIGTERM while a stream waits and a call runs.
async function drains({ run, port, health }, url, token, app) {
  const stream = new NodeCall(port, 'GET', url, token);
  const call = new NodeCall(port, 'POST', url, token);
  await eventually(PATIENCE, 'a stream and a call', () => stream.text && app.running === 1);
  run.terminate();
  const late = async () => (await fetch(health).catch(() => ({}))).status;
  const verdict = await eventually(PATIENCE, 'readiness down', async () => {
    const status = await late();
    return status !== 200 && { status, isRunning: !call.ended };
  });
  report.holds('SIGTERM: readiness is down while a call runs',
    verdict.status === 503 && verdict.isRunning, JSON.stringify(verdict));
  await eventually(PATIENCE, 'the end of the stream', () => stream.ended);
  report.holds('the idle stream is closed before the call ends', !call.ended, call.text);
  const refused = await new NodeCall(port, 'GET', url, token).status;
  report.holds('a new call is refused', refused === 503 || refused === 0, refused);
  app.finish();
  report.holds('the running call finishes', await call.status === 200, await call.status);
  await eventually(PATIENCE, 'the rest of the answer', () => call.ended);
  report.holds('with all of its answer', call.text === '{"done":true}', call.text);
  const status = await run.end();
  report.holds('the exit status is that of SIGTERM', status === TERMINATED, status);
}

const program = unpack();
const app = new SlowApp();
try {
  await refuses('without settings: which one is missing', /SALLYPORT_MASTER_KEY: must be set\n$/, {});
  await refuses('a setting that is none', /SALLYPORT_TYPO: there is no such setting\n$/, {
    SALLYPORT_MASTER_KEY: Buffer.alloc(32).toString('base64'), SALLYPORT_TYPO: 'x' });
  const stack = await demo();
  const gateway = new GatewayRun(join(place.folder, 'sallyport-demo/run.json'));
  const uri = await app.start();
  await gateway.api('POST', 'apps', { name: 'slow', uri, labels: { env: 'demo' } });
  const token = await gateway.token();
  const second = await start(gateway.run.nodes[0]);
  await drains(second, `${gateway.run.base}/apps/slow/x`, token, app);
  stack.terminate();
  const status = await stack.end();
  report.holds('SIGTERM ends the demo', status === TERMINATED, `${status}: ${stack.err}`);
  await noneLeft(place.folder);
  report.ok('and leaves no process');
} catch (error) {
  report.fail('the release', error.stack);
} finally {
  app.close();
  kill(processesOf(place.folder));
  rmSync(place.folder, { recursive: true, force: true });
}
process.exitCode = report.close();
