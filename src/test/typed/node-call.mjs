import { request } from 'node:http';

// Calls a node past what stands before it, with the Host that would be passed on; `text` grows
// while the answer comes.
export class NodeCall {
  text = '';
  ended = false;

  constructor(port, method, url, token) {
    const { host, pathname, search } = new URL(url);
    const path = pathname + search;
    const headers = { host, authorization: `Bearer ${token}` };
    const call = request({ host: '127.0.0.1', port, method, path, headers, agent: false });
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
