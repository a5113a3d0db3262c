// What opening a session costs: CPU of the server and of PostgreSQL together, per first call with a
// new token of a new sign-in, in batches, because the first ones also pay for the JIT.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { findGateway, register } from './gateway.mjs';
import { openAll } from './load.mjs';
import { cpuMicros, memory, stopAll } from './processes.mjs';
import { upstream } from './systems.mjs';
import { signingKey, tokens } from './tokens.mjs';

const { values } = parseArgs({
  options: {
    'run-json': { type: 'string', default: '.data/run.json' },
    'gateway-pid': { type: 'string' },
    'upstream-port': { type: 'string', default: '39180' },
    batches: { type: 'string', default: '6' },
    people: { type: 'string', default: '2000' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));

async function main() {
  const data = dirname(values['run-json']);
  const gateway = findGateway({ runJson: values['run-json'], gatewayPid: values['gateway-pid'] });
  const database = Number(readFileSync(join(data, 'pg/postmaster.pid'), 'utf8').split('\n')[0]);
  const key = signingKey(join(data, 'bench-key.pem'));
  await upstream(folder, Number(values['upstream-port']));
  await register(gateway, key, Number(values['upstream-port']));
  await openAll(gateway, tokens(key, 200));
  const held = memory(gateway.pid).heap;
  for (let batch = 1; batch <= Number(values.batches); batch++) {
    const list = tokens(key, Number(values.people));
    const before = { server: cpuMicros(gateway.pid), database: cpuMicros(database) };
    const began = performance.now();
    await openAll(gateway, list);
    const seconds = (performance.now() - began) / 1000;
    const each = (now, then) => ((now - then) / list.length).toFixed(0);
    console.log(
      `batch ${batch}: ${Math.round(list.length / seconds)} openings/s, ` +
        `server ${each(cpuMicros(gateway.pid), before.server)} µs, ` +
        `database ${each(cpuMicros(database), before.database)} µs of CPU each`,
    );
  }
  const sessions = Number(values.batches) * Number(values.people);
  const each = (memory(gateway.pid).heap - held) / sessions;
  console.log(`memory: ${each.toFixed(2)} KiB of heap for each of ${sessions} sessions`);
}

main()
  .catch((error) => {
    console.error(`bench: ${error.message}`);
    process.exitCode = 1;
  })
  .finally(() =>
    stopAll().then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit();
    }),
  );
