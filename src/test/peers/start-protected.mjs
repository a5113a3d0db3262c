// node start-protected.mjs ISSUER: an MCP server on a free port, which it prints, that takes only
// tokens which this OpenID provider signed for it. Its tool `whoami` tells what the token says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [issuer] = process.argv.slice(2);
if (!issuer) {
  console.error('usage: node start-protected.mjs ISSUER');
  process.exit(2);
}
const SCOPES = ['mcp:tools'];
const http = createServer();
http.listen(0, '127.0.0.1');
await once(http, 'listening');
const url = new URL(`http://127.0.0.1:${http.address().port}/mcp`);
const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
const metadata = await answer.json();
const keys = createRemoteJWKSet(new URL(metadata.jwks_uri));

const verifier = {
  async verifyAccessToken(token) {
    try {
      const { payload } = await jwtVerify(token, keys, { issuer, audience: url.href });
      return {
        token,
        clientId: payload.azp,
        scopes: (payload.scope ?? '').split(' '),
        expiresAt: payload.exp,
        resource: url,
        extra: payload,
      };
    } catch (error) {
      throw new InvalidTokenError(error.message);
    }
  },
};

function server() {
  const mcp = new McpServer({ name: 'protected', version: '1.0.0' });
  mcp.registerTool('whoami', { description: 'Who the token says is calling.' }, ({ authInfo }) => {
    const { sub, preferred_username: name, azp, aud, scope, jti } = authInfo.extra;
    const text = JSON.stringify({ sub, name, azp, aud, scope, jti });
    return { content: [{ type: 'text', text }] };
  });
  return mcp;
}

// Without sessions: each request is answered by a server of its own.
async function serve(request, response) {
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server().connect(transport);
  await transport.handleRequest(request, response, request.body);
}

const app = express();
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata: metadata,
    resourceServerUrl: url,
    scopesSupported: SCOPES,
    resourceName: 'Protected server',
  }),
);
app.all(
  '/mcp',
  requireBearerAuth({
    verifier,
    requiredScopes: SCOPES,
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
    expectedResource: url,
  }),
  express.json(),
  serve,
);
http.on('request', app);
console.log(`Listening at ${url}`);
