import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventSource, eventDelays } from './events.mjs';
import { findGateway, register } from './gateway.mjs';
import { measure, openAll, statusOf } from './load.mjs';
import { options } from './options.mjs';
import { apache, springGateway } from './peers.mjs';
import { busyMicros, connects, cpuMicros, stopAll } from './processes.mjs';
import { sectionsOf } from './sections.mjs';
import { bareUndertow, freePort, haproxy, plainProxy, upstream } from './systems.mjs';
import { delayTable, report } from './table.mjs';
import { expiredToken, forged, jwks, publicPem, signingKey, tokens } from './tokens.mjs';

const LONGEST_MINUTES = 60;
const settings = options(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));

let ending;

// A signal also fails the measurement under way: the first reason ends the run, once.
function end(code) {
  ending ??= stopAll().then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
  return ending;
}

function fail(error) {
  if (!ending) {
    say(`bench: ${error.message}${error.cause ? `: ${error.cause.message}` : ''}`);
  }
  return end(1);
}

function say(text) {
  console.error(text);
}

function head(title) {
  return settings.markdown ? `### ${title}` : title;
}

async function startSystems(gateway) {
  const port = settings.upstreamPort;
  if (await connects(port)) {
    throw new Error(`port ${port} is in use: choose another by --upstream-port`);
  }
  const keyFolder = gateway ? dirname(settings.runJson) : folder;
  const key = signingKey(join(keyFolder, 'bench-key.pem'));
  const pemFile = join(folder, 'public.pem');
  writeFileSync(pemFile, publicPem(key));
  const ssePort = await freePort();
  if (settings.sse) {
    await eventSource(folder, ssePort);
  }
  const origin = await upstream(folder, port, { keys: JSON.stringify(jwks(key)), ssePort });
  const systems = [
    await plainProxy(folder, port),
    await haproxy(folder, port, pemFile),
    await bareUndertow(folder, port),
  ];
  if (settings.peers) {
    systems.push(await apache(folder, port, pemFile));
    systems.push(await springGateway(folder, port, origin.url('jwks')));
  }
  return { key, systems, origin };
}

async function proveVerification(system, key, token) {
  for (const [kind, bad] of [['forged', forged(token)], ['expired', expiredToken(key)]]) {
    const status = await statusOf(system, bad);
    if (status !== 401) {
      throw new Error(`${system.name} answers ${status} to a token that is ${kind}`);
    }
  }
}

async function prepare(systems, key, tokenList, kinds) {
  for (const system of systems) {
    const { name, verifies } = system;
    say(`${name}: ${verifies ? 'tokens are verified' : 'no token is verified'}, warm-up`);
    for (const kind of kinds) {
      await openAll(system, name === 'Sallyport' ? tokenList : tokenList.slice(0, 50), kind);
    }
    if (verifies) {
      await proveVerification(system, key, tokenList[0]);
    }
    const seconds = settings.warmup * (system.warmupFactor ?? 1);
    await measure(system, join(folder, 'tokens'), seconds);
  }
}

async function served(origin) {
  const text = await (await fetch(origin.url('status'))).text();
  return Number(text.split('\n')[2].trim().split(' ')[2]);
}

// An answer that the upstream did not give would make a system look cheap.
async function measureThrough(system, origin, load) {
  const before = await served(origin);
  const result = await measure(system, join(folder, 'tokens'), settings.seconds, load);
  const arrived = (await served(origin)) - before;
  const answered = result.requests - result.refused;
  if (arrived < answered) {
    throw new Error(`${system.name} answered ${answered} calls, ${arrived} reached the upstream`);
  }
  return result;
}

function roundLine({ rate, cpu, refused, broken }) {
  const lost = refused + broken > 0 ? `, ${refused} not 2xx, ${broken} broken off` : '';
  return `${Math.round(rate)}/s, ${cpu.toFixed(1)} µs CPU${lost}`;
}

async function rounds(systems, origin, load) {
  const results = new Map(systems.map(({ name }) => [name, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (let turn = 0; turn < systems.length; turn++) {
      const system = systems[(round + turn) % systems.length];
      const result = await measureThrough(system, origin, load);
      results.get(system.name).push(result);
      say(`round ${round + 1} ${system.name}: ${roundLine(result)}`);
    }
  }
  return results;
}

// What others take from the machine blurs every row, so the result says how much it was.
function foreignLoad(gateway) {
  const sample = () => ({
    at: performance.now(),
    foreign: busyMicros() - cpuMicros(process.pid) - (gateway ? cpuMicros(gateway.pid) : 0),
  });
  const before = sample();
  return () => {
    const after = sample();
    return (after.foreign - before.foreign) / 10 / (after.at - before.at) / cpus().length;
  };
}

function conditions(token, foreignPercent, connections) {
  return (
    `${settings.rounds} rounds of ${settings.seconds} s, ${settings.tokens} tokens of ` +
    `${token.length} bytes, ${connections} connections; ${cpus().length} × ${cpus()[0].model.trim()}; ` +
    `other processes took ${Math.max(0, foreignPercent).toFixed(0)} % of the CPU time`
  );
}

async function main() {
  const gateway = settings.gateway ? findGateway(settings) : undefined;
  const { key, systems, origin } = await startSystems(gateway);
  const sections = sectionsOf(settings);
  const kinds = [...new Set(sections.map(({ load }) => load.kind)), ...(settings.sse ? ['sse'] : [])];
  if (gateway) {
    await register(gateway, key, settings.upstreamPort, kinds);
    systems.push(gateway);
  }
  const tokenList = tokens(key, settings.tokens);
  writeFileSync(join(folder, 'tokens'), tokenList.join('\n'));
  await prepare(systems, key, tokenList, kinds.filter((kind) => kind !== 'sse'));
  let lost = false;
  for (const { title, load } of sections) {
    say(title);
    const foreign = foreignLoad(gateway);
    const results = await rounds(systems, origin, load);
    console.log(`${head(title)}\n\n${report(results, settings.markdown)}\n`);
    console.log(`${conditions(tokenList[0], foreign(), load.connections)}\n`);
    lost ||= [...results.values()].flat().some(({ refused, broken }) => refused + broken > 0);
  }
  if (settings.sse) {
    const delays = await eventDelays([{ name: 'none', url: origin.url }, ...systems], tokenList);
    console.log(`${head('Event streams')}\n\n${delayTable(delays, settings.markdown)}\n`);
  }
  return lost ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => fail(new Error(`stopped by ${signal}`)));
}
setTimeout(() => fail(new Error('took too long')), LONGEST_MINUTES * 60_000).unref();
main().then(end, fail);
