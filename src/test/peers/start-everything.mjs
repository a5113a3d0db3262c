// node start-everything.mjs PORT: server-everything at http://127.0.0.1:PORT/mcp, in this process.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [port] = process.argv.slice(2);
if (!/^\d+$/.test(port ?? '')) {
  console.error('usage: node start-everything.mjs PORT');
  process.exit(2);
}
const require = createRequire(import.meta.url);
require('./loopback.cjs');
require('./own-host.cjs');
require('./witness.cjs');

process.env.PORT = port;
process.argv[2] = 'streamableHttp';
const manifest = require.resolve('@modelcontextprotocol/server-everything/package.json');
await import(pathToFileURL(join(dirname(manifest), 'dist', 'index.js')));
