// A gateway that ./run or ./check started: its REST API, an app for a peer, a token to call it with.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';

// Below what systems give to outgoing connections, so that none of those takes it meanwhile.
export async function freePort() {
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

export const answers = (url) => fetch(url).then(({ ok }) => ok, () => false);

export class GatewayRun {
  constructor(runJson) {
    this.run = JSON.parse(readFileSync(runJson, 'utf8'));
  }

  url(app) {
    return `${this.run.base}/mcp/apps/${app}`;
  }

  async api(method, path, body) {
    const text = await (await this.#send(method, path, {}, body)).text();
    return text && JSON.parse(text);
  }

  // What has a revision is removed at the one it has.
  async remove(path) {
    const etag = (await this.#send('GET', path, {})).headers.get('etag');
    await this.#send('DELETE', path, etag ? { 'if-match': etag } : {});
  }

  async #send(method, path, headers, body) {
    const response = await fetch(`${this.run.base}/api/v1/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.run.adminKey}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      const text = await response.text();
      throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`);
    }
    return response;
  }

  // The demo's config lets its people into what carries the label. An app that an earlier run left
  // keeps its port.
  async ensureApp(name) {
    const { items } = await this.api('GET', 'apps');
    const known = items.find((app) => app.name === name);
    if (known) {
      return Number(new URL(known.uri.replace(/^mcp\+/, '')).port);
    }
    const port = await freePort();
    const uri = `mcp+http://127.0.0.1:${port}/mcp`;
    await this.api('POST', 'apps', { name, uri, labels: { env: 'demo' } });
    return port;
  }

  async token(person = 'alice') {
    const { users, clientId, tokenEndpoint } = this.run.demo;
    const { name, password } = users.find((user) => user.name === person);
    const form = { grant_type: 'password', client_id: clientId, username: name, password };
    const response = await fetch(tokenEndpoint, { method: 'POST', body: new URLSearchParams(form) });
    return (await response.json()).access_token;
  }
}
