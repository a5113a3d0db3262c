// Drives one system with wrk, and asks it single calls to see that it does its work.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { cpuMicros, track } from './processes.mjs';
import { ANSWER } from './systems.mjs';

const run = promisify(execFile);
const BODY = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo' } };

const STANDARD = { connections: 32, kind: 'mcp', size: 0 };

// One load of so many connections; `size` is that of the request's body where it is not a small one.
export async function measure(system, tokenFile, seconds, load = STANDARD) {
  const before = cpuMicros(system.pid);
  const result = await wrk(system.url(load.kind), tokenFile, seconds, load);
  const cpu = cpuMicros(system.pid) - before;
  return {
    requests: result.requests,
    rate: result.requests / (result.micros / 1e6),
    p50: result.p50,
    p99: result.p99,
    cpu: cpu / result.requests,
    refused: result.refused,
    broken: result.broken,
  };
}

async function wrk(url, tokenFile, seconds, { connections, size }) {
  const script = join(import.meta.dirname, 'calls.lua');
  const load = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '5s'];
  const parameters = [...load, '-s', script, url, '--', tokenFile, String(size)];
  const running = run('wrk', parameters, { timeout: (seconds + 30) * 1000 });
  track(running.child);
  const { stdout } = await running;
  const result = JSON.parse(/^RESULT (.*)$/m.exec(stdout)?.[1] ?? 'null');
  if (!result?.requests) {
    throw new Error(`wrk got no answer from ${url}:\n${stdout}`);
  }
  return result;
}

export async function statusOf(system, token, kind = 'mcp') {
  const response = await fetch(system.url(kind), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify(BODY),
  });
  const text = await response.text();
  if (response.status === 200 && kind === 'mcp' && text !== ANSWER) {
    throw new Error(`${system.name} answers 200 with something else: ${text.slice(0, 200)}`);
  }
  return response.status;
}

// Opens a session for each token, eight at a time; the first call waits until the app is known.
export async function openAll(system, tokens, kind = 'mcp') {
  const waiting = [...tokens];
  const worker = async () => {
    for (let token = waiting.pop(); token; token = waiting.pop()) {
      await opened(system, token, kind);
    }
  };
  await opened(system, waiting.pop(), kind);
  await Promise.all(Array.from({ length: 8 }, worker));
}

async function opened(system, token, kind) {
  const end = performance.now() + 10_000;
  let status = await statusOf(system, token, kind);
  while (status !== 200 && performance.now() < end) {
    await pause(100);
    status = await statusOf(system, token, kind);
  }
  if (status !== 200) {
    throw new Error(`${system.name} answers ${status} to a good token at ${system.url(kind)}`);
  }
}
