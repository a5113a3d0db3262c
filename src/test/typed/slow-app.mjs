// An HTTP app on loopback: a GET opens a stream that says one word and then waits, a POST is
// answered when the test lets it.
import { once } from 'node:events';
import { createServer } from 'node:http';

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
