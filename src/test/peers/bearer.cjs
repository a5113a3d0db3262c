'use strict';
// Preload: adds the token to every call of the gateway; the referee has no option for it.
const { subscribe } = require('node:diagnostics_channel');
const http = require('node:http');

const { BEARER, BEARER_ORIGIN } = process.env;
const authorization = `Bearer ${BEARER}`;

// fetch, and the undici of packages.
subscribe('undici:request:create', ({ request }) => {
  if (String(request.origin) === BEARER_ORIGIN) {
    request.addHeader('authorization', authorization);
  }
});

const { request } = http;
http.request = function (...args) {
  const call = request.apply(this, args);
  const { hostname, port } = new URL(BEARER_ORIGIN);
  if (!call.headersSent && call.host === hostname && String(args[0]?.port ?? port) === port) {
    call.setHeader('authorization', authorization);
  }
  return call;
};
