// An HTTP app on loopback: each call opens a stream that says one word and then waits.
import { once } from 'node:events';
import { createServer } from 'node:http';

export class StreamApp {
  #server = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/event-stream').write('data: hello\n\n');
  });

  async start() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${this.#server.address().port}/`;
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
