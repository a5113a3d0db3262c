// node start-dual-era.mjs PORT: a server of both MCP eras at http://127.0.0.1:PORT/mcp, with the
// tools, resources and prompts that the conformance referee asks for. 2025 clients get sessions.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import {
  localhostHostValidation,
  localhostOriginValidation,
  NodeStreamableHTTPServerTransport,
  toNodeHandler,
  toWebRequest,
} from '@modelcontextprotocol/node';
import { createMcpHandler, isLegacyRequest } from '@modelcontextprotocol/server';
import { dualEraServer } from './dual-era-server.mjs';

const [port] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? '')) {
  console.error('usage: node start-dual-era.mjs PORT');
  process.exit(2);
}

const modern = toNodeHandler(createMcpHandler(dualEraServer, { legacy: 'reject' }));
const sessions = new Map();

async function legacy(request, response, body) {
  const id = request.headers['mcp-session-id'];
  const known = sessions.get(id);
  if (known) {
    return known.handleRequest(request, response, body);
  }
  if (id) {
    const error = { code: -32001, message: 'Session not found' };
    response.writeHead(404, { 'content-type': 'application/json' });
    return response.end(JSON.stringify({ jsonrpc: '2.0', error, id: null }));
  }
  const transport = new NodeStreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (opened) => sessions.set(opened, transport),
    onsessionclosed: (closed) => sessions.delete(closed),
  });
  await dualEraServer().connect(transport);
  return transport.handleRequest(request, response, body);
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    return undefined;
  }
}

const isHostRight = localhostHostValidation();
const isOriginRight = localhostOriginValidation();

createServer(async (request, response) => {
  if (request.url === '/alive') {
    response.end();
    return;
  }
  if (!isHostRight(request, response) || !isOriginRight(request, response)) {
    return;
  }
  const body = request.method === 'POST' ? await read(request) : undefined;
  const isLegacy = await isLegacyRequest(await toWebRequest(request, body), body);
  await (isLegacy ? legacy : modern)(request, response, body);
}).listen(Number(port), '127.0.0.1');
