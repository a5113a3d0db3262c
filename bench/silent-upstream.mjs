// An upstream of event streams that say nothing until they are told to: each line on standard input
// sends one event to all of them.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const open = new Set();
const server = createServer((request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  open.add(response);
  response.on('close', () => open.delete(response));
});
server.requestTimeout = 0;
server.listen(Number(process.argv[2]), '127.0.0.1', 20_000);
createInterface({ input: process.stdin }).on('line', () => {
  for (const response of open) {
    response.write(`data: ${performance.timeOrigin + performance.now()}\n\n`);
  }
});
