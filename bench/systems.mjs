// The upstream and the systems in front of it; each gets two threads or workers.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { listening, start } from './processes.mjs';
import { AUDIENCE, ISSUER } from './tokens.mjs';

export const ANSWER = '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"ok"}]}}';

// What is compiled while it runs is warmed up longer, so that calls are measured and no compiler.
export const COMPILED = 3;

// Bodies of requests and answers alike, by the last part of the path.
export const SIZES = { '64k': 64 * 1024, '1m': 1024 * 1024 };

// Answers small JSON everywhere, large bodies at their sizes' names, events at /sse, keys at /jwks.
export async function upstream(folder, port, { keys = '{}', ssePort = 1 } = {}) {
  const files = join(folder, 'bodies');
  mkdirSync(files);
  for (const [name, size] of Object.entries(SIZES)) {
    writeFileSync(join(files, name), 'x'.repeat(size));
  }
  const large = Object.keys(SIZES).map(
    // Passed on to itself as a GET, because a file would be answered before the request is read.
    (name) => `location = /${name} { proxy_pass http://127.0.0.1:${port}/files/${name};
      proxy_method GET; proxy_pass_request_body off; proxy_set_header Content-Length "";
      proxy_max_temp_file_size 0; client_body_buffer_size 2m; }`,
  );
  const locations = `
    location / { return 200 '${ANSWER}'; }
    location = /jwks { return 200 '${keys}'; }
    location = /status { stub_status; }
    location = /sse { proxy_pass http://127.0.0.1:${ssePort}; proxy_http_version 1.1;
      proxy_buffering off; }
    location /files/ { alias ${files}/; }
    ${large.join('\n    ')}`;
  return nginx(folder, 'upstream', port, '', locations);
}

export async function plainProxy(folder, upstreamPort) {
  const pool = `upstream app { server 127.0.0.1:${upstreamPort}; keepalive 64;
    keepalive_requests 100000000; }`;
  const locations = `
    location / {
      proxy_pass http://app;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "";
      proxy_request_buffering off;
      proxy_max_temp_file_size 0;
    }`;
  return nginx(folder, 'nginx', await freePort(), pool, locations);
}

async function nginx(folder, name, port, pool, locations) {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  // Its workers would become somebody who can't read the bench's folder.
  const user = process.getuid() === 0 ? 'user root;' : '';
  const config = `
${user}
worker_processes 2;
daemon off;
pid ${folder}/${name}.pid;
error_log ${folder}/${name}.log error;
events { worker_connections 1024; }
http {
  access_log off;
  default_type application/json;
  keepalive_requests 100000000;
  keepalive_timeout 300s;
  client_max_body_size 8m;
  ${temp.map((kind) => `${kind}_temp_path ${folder}/${name}-${kind};`).join('\n  ')}
  ${pool}
  server {
    listen 127.0.0.1:${port};${locations}
  }
}
`;
  const log = join(folder, `${name}.log`);
  return launch(name, 'nginx', ['-e', log, '-c', write(folder, `${name}.conf`, config)], port, log);
}

export async function haproxy(folder, upstreamPort, pemFile) {
  const port = await freePort();
  const config = `
global
  nbthread 2
  maxconn 2000
defaults
  mode http
  timeout connect 3s
  timeout client 60s
  timeout server 60s
  http-reuse always
frontend mcp
  bind 127.0.0.1:${port}
  http-request set-var(txn.token) http_auth_bearer
  http-request set-var(txn.alg) var(txn.token),jwt_header_query('$.alg')
  http-request deny deny_status 401 unless { var(txn.alg) -m str RS256 }
  http-request set-var(txn.iss) var(txn.token),jwt_payload_query('$.iss')
  http-request deny deny_status 401 unless { var(txn.iss) -m str ${ISSUER} }
  http-request set-var(txn.aud) var(txn.token),jwt_payload_query('$.aud')
  http-request deny deny_status 401 unless { var(txn.aud) -m str ${AUDIENCE} }
  http-request set-var(txn.exp) var(txn.token),jwt_payload_query('$.exp','int')
  http-request set-var(txn.now) date()
  http-request deny deny_status 401 unless { var(txn.exp),sub(txn.now) -m int gt 0 }
  http-request set-var(txn.good) var(txn.token),jwt_verify(txn.alg,"${pemFile}")
  http-request deny deny_status 401 unless { var(txn.good) -m int 1 }
  http-request del-header authorization
  default_backend app
backend app
  server upstream 127.0.0.1:${upstreamPort}
`;
  const parameters = ['-db', '-f', write(folder, 'haproxy.cfg', config)];
  const system = await launch('HAProxy', 'haproxy', parameters, port, join(folder, 'haproxy.log'));
  return { ...system, verifies: true };
}

export async function bareUndertow(folder, upstreamPort) {
  const port = await freePort();
  const java = join(process.env.JAVA_HOME, 'bin', 'java');
  const classPath = readFileSync('target/launcher.classpath', 'utf8').trim();
  const source = join(import.meta.dirname, 'BareProxy.java');
  const to = `http://127.0.0.1:${upstreamPort}`;
  const parameters = ['-Xmx512m', '-cp', classPath, source, String(port), to];
  const system = await launch('bare Undertow', java, parameters, port, join(folder, 'undertow.log'));
  return { ...system, warmupFactor: COMPILED };
}

// `url` says where the system takes a kind of call.
export async function launch(name, command, parameters, port, log) {
  const entry = start(name, command, parameters, log);
  await listening(entry, port);
  return { name, pid: entry.child.pid, url: (kind = 'mcp') => `http://127.0.0.1:${port}/${kind}` };
}

export function write(folder, name, text) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
