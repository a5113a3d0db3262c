// Event streams through each system: when the first byte comes, and how late each event is.
import { request } from 'node:http';
import { join } from 'node:path';
import { listening, start } from './processes.mjs';
import { quantile } from './table.mjs';

// The gateway lets so many unknown tokens of one client wait, and a few more.
const STREAMS = 24;
const EVENTS = 50;
const now = () => performance.timeOrigin + performance.now();

export async function eventSource(folder, port) {
  const source = join(import.meta.dirname, 'event-upstream.mjs');
  const parameters = [source, String(port), String(EVENTS)];
  const entry = start('events', process.execPath, parameters, join(folder, 'events.log'));
  await listening(entry, port);
}

export async function eventDelays(systems, tokens) {
  const rows = [];
  for (const system of systems) {
    // Once to open what has to be opened, once to measure.
    await streams(system, tokens);
    const measured = await streams(system, tokens);
    const first = measured.map(({ firstByte }) => firstByte);
    const events = measured.flatMap(({ delays }) => delays);
    rows.push({ name: system.name, first, events });
  }
  return rows.map(({ name, first, events }) => ({
    name,
    values: [quantile(first, 0.5), quantile(first, 0.99), quantile(events, 0.5), quantile(events, 0.99)],
  }));
}

function streams(system, tokens) {
  const url = system.url('sse');
  return Promise.all(Array.from({ length: STREAMS }, (_, i) => stream(url, tokens[i])));
}

function stream(url, token) {
  return new Promise((done, failed) => {
    const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
    const began = now();
    const asked = request(url, { method: 'POST', headers, agent: false }, (response) => {
      const delays = [];
      let firstByte;
      if (response.statusCode !== 200) {
        failed(new Error(`${url} answers ${response.statusCode}`));
      }
      response.setEncoding('utf8');
      response.on('data', (text) => {
        firstByte ??= now() - began;
        for (const [, sent] of text.matchAll(/^data: (.*)$/gm)) {
          delays.push(now() - Number(sent));
        }
      });
      response.on('end', () =>
        delays.length === EVENTS
          ? done({ firstByte, delays })
          : failed(new Error(`${url} gave ${delays.length} of ${EVENTS} events`)),
      );
      response.on('error', failed);
    });
    asked.on('error', failed);
    asked.end();
  });
}
