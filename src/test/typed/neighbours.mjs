// node neighbours.mjs [FOLDER]: a rolling upgrade. The version before this one, from the history,
// runs with its demo; a node of this version joins it on the same database, which it migrates.
// FOLDER is a checkout of the older one that was built before.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, PATIENCE } from '../peers/deadline.mjs';
import { answers, freePort, GatewayRun } from '../peers/gateway-run.mjs';
import { Report } from '../peers/report.mjs';
import { root } from './blocks.mjs';
import { checkOut, olderCommit, remove } from './history.mjs';
import { NodeCall } from './node-call.mjs';
import { kill, noneLeft, processesOf, Run } from './run.mjs';

const [given] = process.argv.slice(2);
const report = new Report();
const place = mkdtempSync(join(tmpdir(), 'sallyport-neighbours-'));

// One node past what may stand before it.
class Side {
  constructor(name, node, base) {
    this.name = name;
    this.port = new URL(node.base).port;
    this.health = `${node.management}/health/ready`;
    this.base = base;
  }

  async #answer(method, path, bearer) {
    const call = new NodeCall(this.port, method, this.base + path, bearer);
    const status = await call.status;
    await eventually(PATIENCE, 'the whole answer', () => call.ended || status === 0);
    return { status, text: call.text };
  }

  async call(token) {
    return (await this.#answer('GET', '/apps/dumper/x', token)).status;
  }

  async refuses(token) {
    await eventually(PATIENCE, `the ${this.name} one refuses`, async () =>
      await this.call(token) === 401);
  }

  async api(method, path, key) {
    const { status, text } = await this.#answer(method, `/api/v1/${path}`, key);
    if (status >= 300 || status === 0) {
      throw new Error(`${method} ${path} at the ${this.name} one: ${status} ${text}`);
    }
    return text && JSON.parse(text);
  }
}

async function startOlder(folder) {
  const data = join(place, 'data');
  const run = new Run({ folder }, ['--data', data, '--port', '0']);
  await run.says('Ctrl-C stops everything');
  return { run, gateway: new GatewayRun(join(data, 'run.json')) };
}

// As bin/sallyport starts a release, with the settings of the older node.
async function startNewer(older) {
  const base = join(place, 'newer');
  mkdirSync(join(base, 'deployments'), { recursive: true });
  cpSync(join(root, 'target/ROOT.war'), join(base, 'deployments/ROOT.war'));
  const find = '. ./.ci/jdk.sh; . ./.ci/build.sh; server_home';
  const server = execFileSync('sh', ['-c', find], { cwd: root, encoding: 'utf8' }).trim();
  const text = readFileSync(`/proc/${older.pid}/environ`, 'utf8');
  const settings = text.split('\0').filter((line) => /^SALLYPORT_(?!TLS_)/.test(line));
  const [port, management] = [await freePort(), await freePort()];
  // What stands in our own environment is no setting, or another's.
  const ours = Object.keys(process.env).filter((name) => name.startsWith('SALLYPORT_'));
  const run = new Run({ folder: place }, ['start'], {
    ...Object.fromEntries(ours.map((name) => [name, undefined])),
    ...Object.fromEntries(settings.map((line) => line.split(/=(.*)/s))),
    SALLYPORT_NODE_NAME: 'newer',
    SALLYPORT_PORT: String(port),
    SALLYPORT_MANAGEMENT_PORT: String(management),
    SALLYPORT_BASE: base,
  }, join(server, 'bin/sallyport'));
  const local = (number) => `http://127.0.0.1:${number}`;
  await eventually(6 * PATIENCE, 'a ready node of this version', () =>
    answers(`${local(management)}/health/ready`)).catch((error) => {
    throw new Error(`${error.message}: ${run.out.slice(-2000)} ${run.err}`);
  });
  return { run, node: { base: local(port), management: local(management) } };
}

async function live(side, key) {
  const { items } = await side.api('GET', 'app-sessions?app=dumper&state=live', key);
  return items.map(({ id }) => id);
}

// Opened at one, known at the other, ended there: refused at both.
async function share(here, there, token, key) {
  report.holds(`a session opens at the ${here.name} one`, await here.call(token) === 200, '');
  const [opened] = await live(here, key);
  report.holds(`the ${there.name} one honours it`, await there.call(token) === 200, '');
  const both = await live(there, key);
  report.holds('and opens no other', both.length === 1 && both[0] === opened, both);
  await there.api('DELETE', `app-sessions/${opened}`, key);
  await there.refuses(token);
  await here.refuses(token);
  report.ok(`ended at the ${there.name} one, refused at both`);
}

async function verified(side, key) {
  const { ok, broken } = await side.api('GET', 'audit/verify', key);
  report.holds(`the audit's chain is whole at the ${side.name} one`, ok, JSON.stringify(broken));
}

async function walk(folder) {
  const { run, gateway } = await startOlder(folder);
  const { base, adminKey: key, nodes: [node] } = gateway.run;
  const older = new Side('older', node, base);
  const before = await gateway.token('carol');
  report.holds('the older version serves', await older.call(before) === 200, '');
  const joined = await startNewer(node);
  report.ok('this version has migrated its database and is ready');
  const newer = new Side('newer', joined.node, base);
  report.holds('the older one is still ready', await answers(older.health), '');
  report.holds('a session from before lives at both',
    await newer.call(before) === 200 && await older.call(before) === 200, '');
  await older.api('DELETE', `app-sessions/${(await live(older, key))[0]}`, key);
  await newer.refuses(before);
  await share(older, newer, await gateway.token('alice'), key);
  await share(newer, older, await gateway.token('bob'), key);
  await verified(older, key);
  await verified(newer, key);
  report.holds('both are still ready', await answers(older.health) && await answers(newer.health), '');
  joined.run.terminate();
  await joined.run.end();
  report.holds('the older one serves on when the newer has gone',
    await older.call(await gateway.token('carol')) === 200, '');
  await run.interrupt();
  await noneLeft(place);
}

let folder = given;
try {
  const commit = given ? '' : olderCommit();
  if (!given) {
    folder = join(place, 'older');
    checkOut(commit, folder);
    console.log(`the older version is ${commit}`);
  }
  await walk(folder);
} catch (error) {
  report.fail('the upgrade', error.message);
} finally {
  kill(processesOf(place));
  if (!given && folder) {
    remove(folder);
  }
  rmSync(place, { recursive: true, force: true });
}
process.exitCode = report.close();
