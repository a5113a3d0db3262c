// node against-run.mjs RUN_JSON: all comparisons through the gateway that ./run or ./check started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, PATIENCE } from './deadline.mjs';

const APP = 'everything';
const here = dirname(fileURLToPath(import.meta.url));
const [runJson] = process.argv.slice(2);
if (!runJson) {
  console.error('usage: node against-run.mjs RUN_JSON');
  process.exit(2);
}
const run = JSON.parse(readFileSync(runJson, 'utf8'));

// Below what systems give to outgoing connections, so that none of those takes it meanwhile.
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const server = createServer();
    const isFree = await new Promise((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) {
      return port;
    }
  }
}

async function api(method, path, body) {
  const response = await fetch(`${run.base}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${run.adminKey}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
  }
  return JSON.parse(text);
}

// The demo's config lets its people into what carries the label. An app that an earlier run left
// keeps its port.
async function ensureApp() {
  const { items } = await api('GET', 'apps');
  const known = items.find(({ name }) => name === APP);
  if (known) {
    return Number(new URL(known.uri.replace(/^mcp\+/, '')).port);
  }
  const port = await freePort();
  const uri = `mcp+http://127.0.0.1:${port}/mcp`;
  await api('POST', 'apps', { name: APP, uri, labels: { env: 'demo' } });
  return port;
}

async function token() {
  const [{ name, password }] = run.demo.users;
  const form = { grant_type: 'password', client_id: run.demo.clientId, username: name, password };
  const response = await fetch(run.demo.tokenEndpoint, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return (await response.json()).access_token;
}

const answers = (url) => fetch(url).then(({ ok }) => ok, () => false);

async function compare(program, urls, bearer) {
  const child = spawn(process.execPath, [join(here, program), ...urls, bearer], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

const port = await ensureApp();
const upstream = spawn(process.execPath, [join(here, 'start-everything.mjs'), String(port)], {
  stdio: ['ignore', 'ignore', 'ignore'],
});
try {
  await eventually(2 * PATIENCE, 'server-everything', () => answers(`http://127.0.0.1:${port}/witness`));
  const urls = [`http://127.0.0.1:${port}/mcp`, `${run.base}/mcp/apps/${APP}`];
  const bearer = await token();
  const compared = await compare('compare.mjs', urls, bearer);
  const inspected = await compare('inspect.mjs', urls, bearer);
  process.exitCode = compared && inspected ? 0 : 1;
} finally {
  upstream.kill();
}
