// What the conformance referee expects to find, for start-dual-era.mjs.
import { fromJsonSchema, inputRequired, McpServer, ResourceTemplate } from '@modelcontextprotocol/server';

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';
const text = (words) => ({ type: 'text', text: words });
const image = { type: 'image', data: PNG, mimeType: 'image/png' };
const audio = { type: 'audio', data: WAV, mimeType: 'audio/wav' };
const embedded = (uri) => ({
  type: 'resource',
  resource: { uri, mimeType: 'text/plain', text: 'This is an embedded resource content.' },
});
const schema = (properties, required = []) =>
  fromJsonSchema({ type: 'object', properties, required });
const user = (content) => ({ messages: [{ role: 'user', content }] });
const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

const CONTENTS = {
  test_simple_text: [text('This is a simple text response for testing.')],
  test_image_content: [image],
  test_audio_content: [audio],
  test_embedded_resource: [embedded('test://embedded-resource')],
  test_multiple_content_types: [
    text('Multiple content types test:'),
    image,
    embedded('test://mixed-content-resource'),
  ],
};

function tools(mcp) {
  for (const [name, content] of Object.entries(CONTENTS)) {
    mcp.registerTool(name, { description: name }, () => ({ content }));
  }
  mcp.registerTool('test_error_handling', { description: 'Fails.' }, () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  mcp.registerTool('test_tool_with_logging', { description: 'Logs.' }, async (context) => {
    for (const words of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
      await context.mcpReq.log('info', words);
      await pause(50);
    }
    return { content: [text('Logged.')] };
  });
  mcp.registerTool('test_tool_with_progress', { description: 'Reports.' }, async (context) => {
    const { progressToken = 0 } = context.mcpReq._meta ?? {};
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 };
      await context.mcpReq.notify({ method: 'notifications/progress', params });
      await pause(50);
    }
    return { content: [text('Done.')] };
  });
  mcp.registerTool(
    'test_sampling',
    { description: 'Asks the model.', inputSchema: schema({ prompt: { type: 'string' } }) },
    async ({ prompt }, context) => {
      const messages = [{ role: 'user', content: text(prompt) }];
      const { content } = await context.mcpReq.requestSampling({ messages, maxTokens: 100 });
      return { content: [text(`LLM response: ${content.text}`)] };
    },
  );
  mcp.registerTool(
    'test_elicitation',
    { description: 'Asks the person.', inputSchema: schema({ message: { type: 'string' } }) },
    async ({ message }, context) => {
      const requestedSchema = {
        type: 'object',
        properties: { username: { type: 'string' }, email: { type: 'string' } },
        required: ['username', 'email'],
      };
      const answer = await context.mcpReq.elicitInput({ message, requestedSchema });
      return { content: [text(`User response: ${JSON.stringify(answer)}`)] };
    },
  );
}

// 2026-07-28: what a tool needs it asks for in its result, and the client calls again with it.
const NAME = { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] };
const ASKED = {
  test_input_required_result_elicitation: {
    user_name: () => inputRequired.elicit({ message: 'What is your name?', requestedSchema: NAME }),
  },
  test_input_required_result_sampling: {
    capital_question: () =>
      inputRequired.createMessage({
        messages: [{ role: 'user', content: text('What is the capital of France?') }],
        maxTokens: 100,
      }),
  },
  test_input_required_result_list_roots: { client_roots: () => inputRequired.listRoots() },
};

function modernTools(mcp) {
  for (const [name, questions] of Object.entries(ASKED)) {
    mcp.registerTool(name, { description: 'Asks.' }, (context) => {
      const answers = context.mcpReq.inputResponses ?? {};
      const asked = Object.entries(questions).filter(([key]) => !answers[key]);
      return asked.length === 0
        ? { content: [text(JSON.stringify(answers))] }
        : inputRequired({
            inputRequests: Object.fromEntries(asked.map(([key, ask]) => [key, ask()])),
            requestState: 'opaque-état-==',
          });
    });
  }
  const inputSchema = schema({
    region: { type: 'string', 'x-mcp-header': 'Region' },
    query: { type: 'string' },
  });
  mcp.registerTool('test_custom_headers', { description: 'Routes.', inputSchema }, (args) => ({
    content: [text(JSON.stringify(args))],
  }));
}

function resources(mcp) {
  const plain = { mimeType: 'text/plain' };
  mcp.registerResource('text', 'test://static-text', plain, (uri) => ({
    contents: [{ uri: uri.href, ...plain, text: 'This is the content of the static text resource.' }],
  }));
  mcp.registerResource('binary', 'test://static-binary', { mimeType: 'image/png' }, (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'image/png', blob: PNG }],
  }));
  mcp.registerResource('watched', 'test://watched-resource', plain, (uri) => ({
    contents: [{ uri: uri.href, ...plain, text: 'Watched.' }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  mcp.registerResource('template', template, { mimeType: 'application/json' }, (uri, { id }) => ({
    contents: [
      { uri: uri.href, mimeType: 'application/json', text: JSON.stringify({ id, templateTest: true }) },
    ],
  }));
}

function prompts(mcp) {
  mcp.registerPrompt('test_simple_prompt', { description: 'Simple.' }, () =>
    user(text('This is a simple prompt for testing.')),
  );
  const argsSchema = schema({ arg1: { type: 'string' }, arg2: { type: 'string' } }, ['arg1', 'arg2']);
  mcp.registerPrompt('test_prompt_with_arguments', { description: 'Two.', argsSchema }, (args) =>
    user(text(`Prompt with arguments: arg1='${args.arg1}', arg2='${args.arg2}'`)),
  );
  const uri = schema({ resourceUri: { type: 'string' } }, ['resourceUri']);
  mcp.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'Embeds.', argsSchema: uri },
    ({ resourceUri }) => user(embedded(resourceUri)),
  );
  mcp.registerPrompt('test_prompt_with_image', { description: 'Shows.' }, () => user(image));
}

export function dualEraServer({ era } = { era: 'legacy' }) {
  const mcp = new McpServer(
    { name: 'dual-era', version: '1.0.0' },
    { capabilities: { logging: {}, resources: { subscribe: true, listChanged: true } } },
  );
  tools(mcp);
  if (era === 'modern') {
    modernTools(mcp);
  }
  resources(mcp);
  prompts(mcp);
  return mcp;
}
