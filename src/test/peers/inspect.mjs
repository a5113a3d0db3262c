// node inspect.mjs DIRECT_URL GATEWAY_URL TOKEN
// The CLI of the MCP inspector must print the same both ways.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PATIENCE } from './deadline.mjs';
import { Report } from './report.mjs';

const [directUrl, gatewayUrl, token] = process.argv.slice(2);
if (!token) {
  console.error('usage: node inspect.mjs DIRECT_URL GATEWAY_URL TOKEN');
  process.exit(2);
}
const manifest = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/inspector-cli/package.json',
);
const program = join(dirname(manifest), 'build', 'index.js');

const calls = {
  'inspector tools/list': ['--method', 'tools/list'],
  'inspector tools/call echo': [
    ...['--method', 'tools/call', '--tool-name', 'echo'],
    ...['--tool-arg', 'message=from the inspector'],
  ],
  'inspector resources/list': ['--method', 'resources/list'],
  'inspector prompts/list': ['--method', 'prompts/list'],
};

function inspect(url, options, bearer) {
  const header = bearer ? ['--header', `Authorization: Bearer ${bearer}`] : [];
  const parameters = [program, url, '--transport', 'http', ...options, ...header];
  return new Promise((resolve) => {
    // The CLI looks for its package.json relative to the working directory.
    const settings = { cwd: dirname(program), timeout: 4 * PATIENCE, maxBuffer: 16 * 1024 * 1024 };
    execFile(process.execPath, parameters, settings, (error, stdout, stderr) =>
      resolve({ code: error ? (error.code ?? error.signal) : 0, stdout, stderr }),
    );
  });
}

const hidden = (text) => text.replaceAll(token, '<token>');

const report = new Report();
for (const [name, options] of Object.entries(calls)) {
  const direct = await inspect(directUrl, options);
  const gateway = await inspect(gatewayUrl, options, token);
  const broken = [direct, gateway].find(({ code, stdout }) => code !== 0 || !stdout.trim());
  if (broken) {
    const side = broken === direct ? 'direct' : 'gateway';
    report.fail(name, `${side}: exit ${broken.code} ${hidden(broken.stderr)}`);
  } else {
    report.equal(name, direct.stdout, gateway.stdout);
  }
}
process.exit(report.close());
