// An upstream of event streams: a comment at once, then so many events, one each 20 ms.
import { createServer } from 'node:http';

const count = Number(process.argv[3]);

createServer((request, response) => {
  request.resume();
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  let sent = 0;
  const timer = setInterval(() => {
    response.write(`data: ${performance.timeOrigin + performance.now()}\n\n`);
    if (++sent === count) {
      clearInterval(timer);
      response.end();
    }
  }, 20);
  response.on('close', () => clearInterval(timer));
}).listen(Number(process.argv[2]), '127.0.0.1');
