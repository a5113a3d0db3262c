'use strict';
// Preload: server-everything listens on all interfaces; a test peer belongs on loopback only.
const net = require('node:net');

const listen = net.Server.prototype.listen;
net.Server.prototype.listen = function (port, ...rest) {
  if (typeof port === 'object' && port !== null) {
    return listen.call(this, port.path ? port : { ...port, host: '127.0.0.1' }, ...rest);
  }
  if (!/^\d+$/.test(String(port))) {
    return listen.call(this, port, ...rest);
  }
  const callback = rest.find((argument) => typeof argument === 'function');
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, callback);
};
