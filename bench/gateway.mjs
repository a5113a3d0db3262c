// Registers the bench's app and issuer at a running gateway.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMPILED } from './systems.mjs';
import { AUDIENCE, ISSUER, jwks } from './tokens.mjs';

export function findGateway({ runJson, gatewayPid }) {
  if (!existsSync(runJson)) {
    throw new Error(`${runJson} is missing: start the gateway by ./run, or use --without-gateway`);
  }
  const { base, adminKey } = JSON.parse(readFileSync(runJson, 'utf8'));
  const { hostname } = new URL(base);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new Error(`the gateway's base is ${base}: the bench puts load on loopback only`);
  }
  const pid = gatewayPid ?? pidBeside(runJson);
  if (!existsSync(`/proc/${pid}/stat`)) {
    throw new Error(`no process ${pid}: give the gateway's server by --gateway-pid`);
  }
  const url = (kind = 'mcp') => `${base}/mcp/apps/${kind === 'mcp' ? 'bench' : `bench-${kind}`}`;
  return { name: 'Sallyport', pid, base, adminKey, url, verifies: true, warmupFactor: COMPILED };
}

function pidBeside(runJson) {
  const file = join(dirname(runJson), 'server.pid');
  if (!existsSync(file)) {
    throw new Error(`${file} is missing: give the gateway's server by --gateway-pid`);
  }
  return Number(readFileSync(file, 'utf8').trim());
}

// An app for each kind of call.
export async function register(gateway, key, upstreamPort, kinds = ['mcp']) {
  for (const kind of kinds) {
    const name = kind === 'mcp' ? 'bench' : `bench-${kind}`;
    await registerApp(gateway, key, { name, port: upstreamPort, path: kind });
  }
}

// An app at this port, which people with tokens of the bench may enter.
export async function registerApp(gateway, key, { name, port, path = 'mcp' }) {
  await create(gateway, 'app-auth-configs', {
    name,
    appLabels: { bench: [name] },
    jwt: { issuer: ISSUER, audience: AUDIENCE, staticJwks: jwks(key) },
  });
  await create(gateway, 'apps', {
    name,
    uri: `mcp+http://127.0.0.1:${port}/${path}`,
    labels: { bench: name },
  });
}

async function create(gateway, kind, body) {
  const { response, answer } = await send(gateway, 'POST', kind, body);
  const exists = response.status === 409 && !answer.includes('issuer-keys-differ');
  if (!response.ok && !exists) {
    throw new Error(`POST /api/v1/${kind}: ${response.status} ${answer.slice(0, 500)}`);
  }
}

// A call of the REST API that must succeed.
export async function call(gateway, method, path) {
  const { response, answer } = await send(gateway, method, path);
  if (!response.ok) {
    throw new Error(`${method} /api/v1/${path}: ${response.status} ${answer.slice(0, 500)}`);
  }
  return JSON.parse(answer);
}

async function send({ base, adminKey }, method, path, body) {
  const response = await fetch(`${base}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { response, answer: await response.text() };
}
