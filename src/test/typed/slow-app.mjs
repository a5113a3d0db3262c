// An HTTP app on loopback: a GET opens a stream that says one word and then waits, a POST is
// answered when the test lets it.
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export class SlowApp {
  #server = createServer((incoming, answer) => this.#serve(incoming, answer));
  #held = [];

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  get running() {
    return this.#held.length;
  }

  finish() {
    this.#held.splice(0).forEach((answer) => answer.end('{"done":true}'));
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #serve(incoming, answer) {
    if (incoming.method === 'POST') {
      this.#held.push(answer.setHeader('content-type', 'application/json'));
    } else {
      answer.setHeader('content-type', 'text/event-stream').write('data: hello\n\n');
    }
  }
}

// Calls a node past what stands before it, with the Host that would be passed on; `text` grows
// while the answer comes.
export class NodeCall {
  text = '';
  ended = false;

  constructor(port, method, url, token) {
    const { host, pathname } = new URL(url);
    const headers = { host, authorization: `Bearer ${token}` };
    const call = request({ host: '127.0.0.1', port, method, path: pathname, headers, agent: false });
    this.status = new Promise((resolve) => {
      call.on('response', (answer) => {
        resolve(answer.statusCode);
        answer.setEncoding('utf8').on('data', (part) => (this.text += part));
        answer.on('error', () => {}).on('close', () => (this.ended = true));
      });
      call.on('error', () => resolve(0));
    });
    call.end();
  }
}
