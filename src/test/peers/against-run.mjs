// node against-run.mjs RUN_JSON: all comparisons through the gateway that ./run or ./check started.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, PATIENCE } from './deadline.mjs';
import { answers, GatewayRun } from './gateway-run.mjs';

const APP = 'everything';
const here = dirname(fileURLToPath(import.meta.url));
const [runJson] = process.argv.slice(2);
if (!runJson) {
  console.error('usage: node against-run.mjs RUN_JSON');
  process.exit(2);
}
const gateway = new GatewayRun(runJson);

async function compare(program, urls, bearer) {
  const child = spawn(process.execPath, [join(here, program), ...urls, bearer], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code === 0;
}

const port = await gateway.ensureApp(APP);
const upstream = spawn(process.execPath, [join(here, 'start-everything.mjs'), String(port)], {
  stdio: ['ignore', 'ignore', 'ignore'],
});
try {
  await eventually(2 * PATIENCE, 'server-everything', () => answers(`http://127.0.0.1:${port}/witness`));
  const urls = [`http://127.0.0.1:${port}/mcp`, gateway.url(APP)];
  const bearer = await gateway.token();
  const compared = await compare('compare.mjs', urls, bearer);
  const inspected = await compare('inspect.mjs', urls, bearer);
  const verified = await compare('app-developers.mjs', [runJson], '');
  const linted = await compare('containers.mjs', [], '');
  process.exitCode = compared && inspected && verified && linted ? 0 : 1;
} finally {
  upstream.kill();
}
