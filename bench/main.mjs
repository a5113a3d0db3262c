import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findGateway, register } from './gateway.mjs';
import { measure, openAll, statusOf } from './load.mjs';
import { options } from './options.mjs';
import { busyMicros, connects, cpuMicros, stopAll } from './processes.mjs';
import { bareUndertow, haproxy, plainProxy, upstream } from './systems.mjs';
import { report } from './table.mjs';
import { expiredToken, forged, publicPem, signingKey, tokens } from './tokens.mjs';

const LONGEST_MINUTES = 20;
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

async function startSystems(gateway) {
  const port = settings.upstreamPort;
  if (await connects(port)) {
    throw new Error(`port ${port} is in use: choose another by --upstream-port`);
  }
  const keyFolder = gateway ? dirname(settings.runJson) : folder;
  const key = signingKey(join(keyFolder, 'bench-key.pem'));
  const pemFile = join(folder, 'public.pem');
  writeFileSync(pemFile, publicPem(key));
  const origin = await upstream(folder, port);
  const systems = [
    await plainProxy(folder, port),
    await haproxy(folder, port, pemFile),
    await bareUndertow(folder, port),
  ];
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

async function prepare(systems, key, tokenList) {
  for (const system of systems) {
    const verifies = ['HAProxy', 'Sallyport'].includes(system.name);
    say(`${system.name}: ${verifies ? 'tokens are verified' : 'no token is verified'}, warm-up`);
    await openAll(system, system.name === 'Sallyport' ? tokenList : tokenList.slice(0, 50));
    if (verifies) {
      await proveVerification(system, key, tokenList[0]);
    }
    await measure(system, join(folder, 'tokens'), settings.warmup);
  }
}

async function served(origin) {
  const text = await (await fetch(new URL('/status', origin.url))).text();
  return Number(text.split('\n')[2].trim().split(' ')[2]);
}

// An answer that the upstream did not give would make a system look cheap.
async function measureThrough(system, origin) {
  const before = await served(origin);
  const result = await measure(system, join(folder, 'tokens'), settings.seconds);
  const arrived = (await served(origin)) - before;
  const answered = result.requests - result.refused;
  if (arrived < answered) {
    throw new Error(`${system.name} answered ${answered} calls, ${arrived} reached the upstream`);
  }
  return result;
}

async function rounds(systems, origin) {
  const results = new Map(systems.map(({ name }) => [name, []]));
  for (let round = 0; round < settings.rounds; round++) {
    for (let turn = 0; turn < systems.length; turn++) {
      const system = systems[(round + turn) % systems.length];
      const result = await measureThrough(system, origin);
      results.get(system.name).push(result);
      const { rate, cpu } = result;
      say(`round ${round + 1} ${system.name}: ${Math.round(rate)}/s, ${cpu.toFixed(1)} µs CPU`);
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

function conditions(token, foreignPercent) {
  return (
    `${settings.rounds} rounds of ${settings.seconds} s, ${settings.tokens} tokens of ` +
    `${token.length} bytes, 32 connections; ${cpus().length} × ${cpus()[0].model.trim()}; ` +
    `other processes took ${Math.max(0, foreignPercent).toFixed(0)} % of the CPU time`
  );
}

async function main() {
  const gateway = settings.gateway ? findGateway(settings) : undefined;
  const { key, systems, origin } = await startSystems(gateway);
  if (gateway) {
    await register(gateway, key, settings.upstreamPort);
    systems.push(gateway);
  }
  const tokenList = tokens(key, settings.tokens);
  writeFileSync(join(folder, 'tokens'), tokenList.join('\n'));
  await prepare(systems, key, tokenList);
  const foreign = foreignLoad(gateway);
  const results = await rounds(systems, origin);
  console.log(`${report(results, settings.markdown)}\n\n${conditions(tokenList[0], foreign())}`);
  const lost = [...results.values()].flat().some(({ refused, broken }) => refused + broken > 0);
  return lost ? 1 : 0;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => fail(new Error(`stopped by ${signal}`)));
}
setTimeout(() => fail(new Error('took too long')), LONGEST_MINUTES * 60_000).unref();
main().then(end, fail);
