// Puts warm calls on a running gateway, as bench/run does, has async-profiler look at the server
// meanwhile, and prints who took which share of the time.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { read, summary } from './frames.mjs';
import { findGateway, register } from './gateway.mjs';
import { measure, openAll } from './load.mjs';
import { stopAll, track } from './processes.mjs';
import { upstream } from './systems.mjs';
import { signingKey, tokens } from './tokens.mjs';

const { values } = parseArgs({
  options: {
    profiler: { type: 'string' },
    'run-json': { type: 'string', default: '.data/run.json' },
    'gateway-pid': { type: 'string' },
    'upstream-port': { type: 'string', default: '39180' },
    warmup: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '10' },
    top: { type: 'string', default: '15' },
    // Keeps the stacks, for a flame graph or another question.
    stacks: { type: 'string' },
  },
});
const folder = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
const stacks = resolve(values.stacks ?? join(folder, 'stacks'));

// It is the server that writes the file. Timers and no perf events: those need rights, and then
// tell the kernel's work by the call that entered it.
function profile(pid) {
  const java = join(process.env.JAVA_HOME ?? '', 'bin', 'java');
  const parameters = ['-e', 'ctimer', '-i', '1ms', '-t', '-d', values.seconds, '-o', 'collapsed'];
  const child = track(
    spawn(java, ['-jar', values.profiler, 'profiler', ...parameters, '-f', stacks, String(pid)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    }),
  );
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('exit', (code) =>
      code === 0 ? done() : failed(new Error(`the profiler ended with ${code}`)),
    );
  });
}

async function main() {
  const gateway = findGateway({ runJson: values['run-json'], gatewayPid: values['gateway-pid'] });
  const key = signingKey(join(dirname(values['run-json']), 'bench-key.pem'));
  await upstream(folder, Number(values['upstream-port']));
  await register(gateway, key, Number(values['upstream-port']));
  const list = tokens(key, 2000);
  writeFileSync(join(folder, 'tokens'), list.join('\n'));
  await openAll(gateway, list);
  console.error(`warming up for ${values.warmup} s`);
  await measure(gateway, join(folder, 'tokens'), Number(values.warmup));
  const [result] = await Promise.all([
    measure(gateway, join(folder, 'tokens'), Number(values.seconds) + 1),
    profile(gateway.pid),
  ]);
  console.log(`${Math.round(result.rate)} calls/s, ${result.cpu.toFixed(1)} µs of CPU each, profiler included`);
  for (const [title, rows] of summary(read(readFileSync(stacks, 'utf8')), Number(values.top))) {
    console.log(`\n${title}`);
    rows.forEach(([name, share]) => console.log(`${share.toFixed(1).padStart(6)} %  ${name}`));
  }
}

let ending;

// A signal also fails the measurement under way: the first reason ends the run, once.
function end(code, reason) {
  if (reason && !ending) {
    console.error(`bench: ${reason}`);
  }
  ending ??= stopAll().then(() => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  });
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => end(1, `stopped by ${signal}`));
}
main().then(() => end(0), (error) => end(1, error.message));
