'use strict';
// Preload: server-everything answers whatever Host and Origin it is called by. A server on loopback
// must not (DNS rebinding); with this it is compared on equal terms.
const http = require('node:http');

const isOwn = (name) => /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(name ?? '');

const { emit } = http.Server.prototype;
http.Server.prototype.emit = function (event, request, response, ...rest) {
  if (event === 'request') {
    const { host, origin } = request.headers;
    if (!isOwn(host) || (origin && !isOwn(origin.replace(/^https?:\/\//, '')))) {
      response.writeHead(403).end();
      return true;
    }
  }
  return emit.call(this, event, request, response, ...rest);
};
