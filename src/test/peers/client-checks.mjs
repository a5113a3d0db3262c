// What the TypeScript SDK client sees. Each check returns an observation to be equal on both sides.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CreateMessageRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { eventually, PATIENCE, within } from './deadline.mjs';

const LONG = 'trigger-long-running-operation';
const DOCUMENT = 'demo://resource/static/document/architecture.md';

export async function connect(side) {
  const client = new Client(
    { name: 'sallyport-compare', version: '1' },
    { capabilities: { sampling: {} } },
  );
  client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({
    model: 'none',
    role: 'assistant',
    content: { type: 'text', text: `answer to ${params.messages[0].content.text}` },
  }));
  const headers = side.token ? { Authorization: `Bearer ${side.token}` } : {};
  const url = new URL(side.url);
  const transport = new StreamableHTTPClientTransport(url, { requestInit: { headers } });
  await client.connect(transport);
  return { client, transport };
}

const call = (client, name, args, options) =>
  client.callTool({ name, arguments: args }, undefined, options);

const refusal = (promise) =>
  promise.then((result) => ({ result }), ({ code, message }) => ({ code, message }));

// What is buffered comes late every time; what a busy machine holds up comes in time once.
async function progress({ client }) {
  let lead;
  for (let attempt = 0; attempt < 5; attempt++) {
    const steps = [];
    const onprogress = (step) => steps.push({ step, at: performance.now() });
    const result = await call(client, LONG, { duration: 0.8, steps: 4 }, { onprogress });
    lead = performance.now() - (steps[0]?.at ?? Infinity);
    if (lead >= 300) {
      return { result, steps: steps.map(({ step }) => step) };
    }
  }
  throw new Error(`the first progress came ${Math.round(lead)} ms before the result: buffered`);
}

async function abort({ client }) {
  const controller = new AbortController();
  const options = { signal: controller.signal, onprogress: () => controller.abort('enough') };
  const refused = await refusal(call(client, LONG, { duration: 1, steps: 5 }, options));
  return { refused, afterwards: await call(client, 'echo', { message: 'still here' }) };
}

async function parallel({ client }) {
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  return Promise.all(numbers.map((a) => call(client, 'get-sum', { a, b: 1000 })));
}

async function terminate(open) {
  await open.transport.terminateSession();
  return { sessionId: open.transport.sessionId ?? null };
}

export const clientChecks = {
  initialize: ({ client, transport }) => ({
    server: client.getServerVersion(),
    capabilities: client.getServerCapabilities(),
    instructions: client.getInstructions(),
    protocol: transport.protocolVersion,
    sessionIdIsVisibleAscii: /^[\x21-\x7e]+$/.test(transport.sessionId ?? ''),
  }),
  ping: ({ client }) => client.ping(),
  'tools/list': ({ client }) => client.listTools(),
  'tools/call echo': ({ client }) => call(client, 'echo', { message: 'Grüße, 世界 \u{1f30d}' }),
  'tools/call echo of 256 KiB': ({ client }) =>
    call(client, 'echo', { message: 'ä0123456789abcd'.repeat(16_384) }),
  'tools/call with an image': ({ client }) => call(client, 'get-tiny-image', {}),
  'tools/call with structured content': ({ client }) =>
    call(client, 'get-structured-content', { location: 'New York' }),
  'tools/call of an unknown tool': ({ client }) => refusal(call(client, 'no-such-tool', {})),
  'tools/call with bad arguments': ({ client }) => refusal(call(client, 'echo', { message: 7 })),
  '30 calls at once': parallel,
  'progress over SSE': progress,
  'abort of a call': abort,
  'sampling request from the server': ({ client }) =>
    call(client, 'trigger-sampling-request', { prompt: 'hello', maxTokens: 5 }),
  'resources/list': ({ client }) => client.listResources(),
  'resources/templates/list': ({ client }) => client.listResourceTemplates(),
  'resources/read': ({ client }) => client.readResource({ uri: DOCUMENT }),
  'resources/read of an unknown uri': ({ client }) =>
    refusal(client.readResource({ uri: 'demo://resource/none' })),
  'prompts/list': ({ client }) => client.listPrompts(),
  'prompts/get': ({ client }) =>
    client.getPrompt({ name: 'args-prompt', arguments: { city: 'Bern' } }),
  'completion/complete': ({ client }) =>
    client.complete({
      ref: { type: 'ref/prompt', name: 'completable-prompt' },
      argument: { name: 'department', value: 'S' },
    }),
  'session termination by DELETE': terminate,
};

// Runs on a client of its own: the session ends with the connection, not by DELETE.
export async function clientLeaves(side) {
  const quiet = async () => (await side.witness()).open === 0;
  await eventually(PATIENCE, 'no stream of earlier checks is left at the upstream', quiet);
  const { client } = await within(2 * PATIENCE, 'connect', connect(side));
  const before = await eventually(PATIENCE, 'the stream of the client at the upstream', async () => {
    const seen = await side.witness();
    return seen.open > 0 && seen;
  });
  await client.close();
  const noticed = async () => (await side.witness()).cut > before.cut;
  await eventually(PATIENCE, 'the upstream notices that the client left', noticed);
  return 'noticed';
}
