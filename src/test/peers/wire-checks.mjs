// What is visible only on the wire. Each check returns an observation to be equal on both sides.
import { eventually, PATIENCE } from './deadline.mjs';
import { messages, outcome, request } from './wire.mjs';

const echo = (id, message) => request(id, 'tools/call', { name: 'echo', arguments: { message } });

async function firstOf(stream) {
  const { value, done } = await stream.next();
  if (done) {
    throw new Error('the stream ended without a message');
  }
  return value;
}

// Nothing else may be cut meanwhile, so every check waits for its own cut.
async function leave(side, abort) {
  const before = await side.witness();
  abort();
  const noticed = async () => (await side.witness()).cut > before.cut;
  await eventually(PATIENCE, 'the upstream notices the cut POST', noticed);
}

async function cancel(wire, side) {
  const controller = new AbortController();
  const response = await wire.longRunning(71, 3, 3, { signal: controller.signal });
  const seen = [];
  const reading = (async () => {
    for await (const { message } of messages(response)) {
      seen.push(message.id === 71 ? 'result' : message.params.progress);
    }
  })().catch(() => {});
  await eventually(PATIENCE, 'the first progress', () => seen.length > 0);
  const params = { requestId: 71, reason: 'enough' };
  const body = { jsonrpc: '2.0', method: 'notifications/cancelled', params };
  const accepted = await outcome(await wire.send('POST', { body }));
  await eventually(PATIENCE, 'the last progress', () => seen.includes(3) || seen.includes('result'));
  // Upstream sends a result right behind the last progress; after a cancel it must not.
  await Promise.race([reading, new Promise((resolve) => setTimeout(resolve, 150))]);
  await leave(side, () => controller.abort());
  return { accepted, seen };
}

async function disconnectPost(wire, side) {
  const controller = new AbortController();
  const response = await wire.longRunning(72, 20, 100, { signal: controller.signal });
  await firstOf(messages(response));
  await leave(side, () => controller.abort());
  return outcome(await wire.send('POST', { body: echo(73, 'the session lives on') }));
}

// The upstream allows one GET stream a session: it takes a second one only once the first is gone.
async function disconnectGet(wire) {
  const controller = new AbortController();
  const start = performance.now();
  const first = await wire.send('GET', { signal: controller.signal });
  const delay = performance.now() - start;
  if (delay > PATIENCE / 3) {
    throw new Error(`the head of a quiet stream took ${Math.round(delay)} ms`);
  }
  const second = await outcome(await wire.send('GET'));
  controller.abort();
  await eventually(PATIENCE, 'the upstream frees the stream', async () => {
    const again = await wire.send('GET');
    await again.body.cancel();
    return again.status === 200;
  });
  return { status: first.status, type: first.headers.get('content-type'), second };
}

async function resume(wire, side) {
  const controller = new AbortController();
  const cut = await wire.longRunning(74, 3, 3, { signal: controller.signal });
  const { id } = await firstOf(messages(cut));
  await leave(side, () => controller.abort());
  return eventually(PATIENCE, 'the result after resuming', async () => {
    // This upstream replays the whole session, the cut call before included.
    const rest = (await replay(wire, id)).filter(
      ({ id: answered, params }) => answered === 74 || params?.progressToken === 'p74',
    );
    return rest.some((message) => message.id === 74) && rest;
  });
}

async function replay(wire, lastEventId) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 250);
  const found = [];
  try {
    const headers = { 'last-event-id': lastEventId };
    const response = await wire.send('GET', { headers, signal: controller.signal });
    for await (const { message } of messages(response)) {
      found.push(message);
    }
  } catch (error) {
    if (error.name !== 'AbortError') {
      throw error;
    }
  } finally {
    clearTimeout(timer);
  }
  return found;
}

const post = (body, headers) => async (wire) => outcome(await wire.send('POST', { body, headers }));

async function afterTermination(wire) {
  const ended = await wire.terminate();
  const refused = await outcome(await wire.send('POST', { body: echo(75, 'gone') }));
  if (refused.status < 400) {
    throw new Error(`a call in the ended session was answered with ${refused.status}`);
  }
  return { ended, refused };
}

export const wireChecks = {
  'response headers and event bytes': post(echo('a-string-id', 'on the wire')),
  'notification is accepted with 202': post({
    jsonrpc: '2.0',
    method: 'notifications/roots/list_changed',
  }),
  'wrong Accept is refused': post(echo(70, 'no'), { accept: 'text/plain' }),
  'unknown protocol version is refused': post(echo(70, 'no'), {
    'mcp-protocol-version': '1999-01-01',
  }),
  'broken JSON is refused': post('{"jsonrpc":"2.0",'),
  'unknown method': post(request(76, 'no/such', {})),
  'notifications/cancelled': cancel,
  'disconnect of a POST stream reaches the upstream': disconnectPost,
  'disconnect of a GET stream reaches the upstream': disconnectGet,
  'resume by Last-Event-ID': resume,
  'ended session is refused': afterTermination,
};
