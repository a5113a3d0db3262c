// MCP over plain fetch, for what the SDK client hides: headers, single events, half-read streams.

export class Wire {
  constructor(url, token) {
    this.url = url;
    this.token = token;
    this.headers = {};
  }

  send(method, { body, headers = {}, signal } = {}) {
    return fetch(this.url, {
      method,
      signal,
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      headers: {
        accept: 'application/json, text/event-stream',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token ? { authorization: `Bearer ${this.token}` } : {}),
        ...this.headers,
        ...headers,
      },
    });
  }

  async initialize() {
    const params = {
      protocolVersion: '2025-11-25',
      capabilities: {},
      clientInfo: { name: 'sallyport-wire', version: '1' },
    };
    const response = await this.send('POST', { body: request(0, 'initialize', params) });
    await response.text();
    this.headers = {
      'mcp-session-id': response.headers.get('mcp-session-id'),
      'mcp-protocol-version': '2025-11-25',
    };
    const done = { jsonrpc: '2.0', method: 'notifications/initialized' };
    await (await this.send('POST', { body: done })).text();
  }

  async terminate() {
    const response = await this.send('DELETE');
    return { status: response.status, body: await response.text() };
  }

  longRunning(id, duration, steps, options = {}) {
    const params = {
      name: 'trigger-long-running-operation',
      arguments: { duration, steps },
      _meta: { progressToken: `p${id}` },
    };
    return this.send('POST', { ...options, body: request(id, 'tools/call', params) });
  }
}

export function request(id, method, params) {
  return { jsonrpc: '2.0', id, method, params };
}

// The JSON-RPC messages of a stream as they arrive, each with its SSE event id.
export async function* messages(response) {
  const decoder = new TextDecoder();
  let pending = '';
  for await (const chunk of response.body) {
    pending += decoder.decode(chunk, { stream: true });
    const blocks = pending.split('\n\n');
    pending = blocks.pop();
    for (const block of blocks) {
      const event = parse(block);
      if (event.message) {
        yield event;
      }
    }
  }
}

function parse(block) {
  const event = { data: '' };
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    const value = line.slice(colon + 1).replace(/^ /, '');
    if (line.startsWith('id:')) {
      event.id = value;
    } else if (line.startsWith('data:')) {
      event.data += value;
    }
  }
  return { id: event.id, message: event.data ? JSON.parse(event.data) : undefined };
}

export async function outcome(response) {
  return {
    status: response.status,
    contentType: response.headers.get('content-type'),
    cacheControl: response.headers.get('cache-control'),
    buffering: response.headers.get('x-accel-buffering'),
    body: (await response.text()).replace(/^id: .*$/gm, 'id: <event>'),
  };
}
