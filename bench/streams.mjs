// Holds many idle event streams through the gateway and says what they cost it: heap, threads,
// memory; then how long one event takes to reach all, and how soon ended sessions cut theirs.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:http2';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { call, findGateway, registerApp } from './gateway.mjs';
import { connects, memory, stopAll, track } from './processes.mjs';
import { quantile } from './table.mjs';
import { signingKey, tokens } from './tokens.mjs';

const { values } = parseArgs({
  options: {
    'run-json': { type: 'string', default: '.data/run.json' },
    'gateway-pid': { type: 'string' },
    'upstream-port': { type: 'string', default: '39181' },
    streams: { type: 'string', default: '9000' },
    // One connection for each person, to the server's https: what a limit of open files stops last.
    http2: { type: 'boolean', default: false },
  },
});
const COUNT = Number(values.streams);
const PORT = Number(values['upstream-port']);
const PEOPLE = 100;
const APP = 'bench-streams';
const ms = (times, q) => Math.round(quantile(times, q));
const now = () => performance.timeOrigin + performance.now();

class Stream {
  delays = [];
  ended = undefined;

  open(client, token) {
    return new Promise((done, failed) => {
      const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
      client(token, headers, failed, (status, answer) => {
        if (status !== 200) {
          failed(new Error(`the gateway answers ${status}`));
        }
        answer.setEncoding('utf8');
        answer.on('data', (text) => {
          done();
          for (const [, sent] of text.matchAll(/^data: (.*)$/gm)) {
            this.delays.push(now() - Number(sent));
          }
        });
        answer.on('close', () => (this.ended ??= now()));
      }).on('error', (error) => {
        this.ended ??= now();
        failed(error);
      });
    });
  }
}

// A connection for each stream.
function overHttp1(url) {
  return (_, headers, failed, answered) => {
    const call = request(url, { headers, agent: false }, (answer) =>
      answered(answer.statusCode, answer),
    );
    call.end();
    return call;
  };
}

function overHttp2(url) {
  const { host, pathname } = new URL(url);
  const ports = readFileSync(join(dirname(values['run-json']), 'ports.properties'), 'utf8');
  const origin = `https://127.0.0.1:${/^https=(\d+)$/m.exec(ports)[1]}`;
  const connections = new Map();
  const connection = (person, failed) => {
    if (!connections.has(person)) {
      const opened = connect(origin, { rejectUnauthorized: false });
      opened.on('error', failed);
      connections.set(person, opened);
    }
    return connections.get(person);
  };
  return (person, headers, failed, answered) => {
    const call = connection(person, failed).request({
      ':authority': host,
      ':path': pathname,
      ...headers,
    });
    call.on('response', (head) => answered(head[':status'], call));
    return call;
  };
}

async function openAll(client, list) {
  const streams = [];
  let next = 0;
  const worker = async () => {
    while (next < COUNT) {
      const stream = new Stream();
      const token = list[next++ % list.length];
      streams.push(stream);
      await stream.open(client, token);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
  return streams;
}

async function until(what, condition) {
  const end = now() + 60_000;
  while (!condition()) {
    if (now() > end) {
      throw new Error(`not within a minute: ${what}`);
    }
    await pause(20);
  }
}

async function main() {
  const gateway = findGateway({ runJson: values['run-json'], gatewayPid: values['gateway-pid'] });
  const key = signingKey(join(dirname(values['run-json']), 'bench-key.pem'));
  const source = join(import.meta.dirname, 'silent-upstream.mjs');
  const upstream = track(
    spawn(process.execPath, [source, String(PORT)], { stdio: ['pipe', 'inherit', 'inherit'] }),
  );
  while (!(await connects(PORT))) {
    await pause(50);
  }
  await registerApp(gateway, key, { name: APP, port: PORT });
  const url = `${gateway.base}/mcp/apps/${APP}`;
  const list = tokens(key, PEOPLE);
  await pause(1000);
  const before = memory(gateway.pid);
  const began = now();
  const streams = await openAll(values.http2 ? overHttp2(url) : overHttp1(url), list);
  const opened = (now() - began) / 1000;
  const after = memory(gateway.pid);
  console.log(`${COUNT} idle streams of ${PEOPLE} people, opened in ${opened.toFixed(1)} s`);
  console.log(`heap    ${before.heap} -> ${after.heap} KiB: ${((after.heap - before.heap) / COUNT).toFixed(2)} KiB a stream`);
  console.log(`memory  ${before.rss} -> ${after.rss} KiB: ${((after.rss - before.rss) / COUNT).toFixed(2)} KiB a stream`);
  console.log(`threads ${before.threads} -> ${after.threads}`);
  upstream.stdin.write('\n');
  await until('an event reaches every stream', () => streams.every((s) => s.delays.length > 0));
  const delays = streams.map((stream) => stream.delays[0]);
  console.log(`event   to all: p50 ${ms(delays, 0.5)} ms, p99 ${ms(delays, 0.99)} ms`);
  const ending = now();
  const filter = `app-sessions?app=${APP}`;
  const { total } = await call(gateway, 'GET', `${filter}&state=live&limit=1`);
  await call(gateway, 'DELETE', `${filter}&expectedCount=${total}&asOf=${new Date().toISOString()}`);
  await until('every stream is cut', () => streams.every((s) => s.ended !== undefined));
  const cuts = streams.map((stream) => stream.ended - ending);
  console.log(`cut     all sessions ended by filter: p50 ${ms(cuts, 0.5)} ms, p99 ${ms(cuts, 0.99)} ms`);
}

main()
  .catch((error) => {
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  })
  .finally(() => stopAll().then(() => process.exit()));
