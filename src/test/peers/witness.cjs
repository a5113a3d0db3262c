'use strict';
// Preload: what only the upstream can testify, as JSON at GET /witness.
// MCP of the session era has no reply to a disconnect, so nobody else could tell that it arrived.
const http = require('node:http');

const seen = { requests: 0, credentials: 0, assertions: 0, open: 0, cut: 0 };

function watch(request, response) {
  seen.requests++;
  seen.credentials += 'authorization' in request.headers || 'cookie' in request.headers ? 1 : 0;
  seen.assertions += 'sallyport-jwt-assertion' in request.headers ? 1 : 0;
  seen.open++;
  response.on('close', () => {
    seen.open--;
    seen.cut += response.writableFinished ? 0 : 1;
  });
}

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, request, response) {
  if (event !== 'request') {
    return emit.apply(this, arguments);
  }
  if (request.url === '/witness') {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(seen));
    return true;
  }
  watch(request, response);
  return emit.apply(this, arguments);
};
