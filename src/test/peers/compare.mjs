// node compare.mjs DIRECT_URL GATEWAY_URL TOKEN: the bar for a transparent gateway is equality.
// The upstream must be start-everything.mjs: its /witness says what arrived there.
import { clientChecks, clientLeaves, connect } from './client-checks.mjs';
import { PATIENCE, within } from './deadline.mjs';
import { Report } from './report.mjs';
import { Wire } from './wire.mjs';
import { wireChecks } from './wire-checks.mjs';

const LIMIT = 5 * PATIENCE;
const WHOLE = 20 * PATIENCE;
const [directUrl, gatewayUrl, token] = process.argv.slice(2);
if (!token) {
  console.error('usage: node compare.mjs DIRECT_URL GATEWAY_URL TOKEN');
  process.exit(2);
}

async function witness() {
  const response = await fetch(new URL('/witness', directUrl));
  if (!response.ok) {
    throw new Error(`no witness at ${directUrl}: start the upstream by start-everything.mjs`);
  }
  return response.json();
}

async function observe(name, check) {
  try {
    return { value: await within(LIMIT, name, Promise.resolve().then(check)) };
  } catch (error) {
    return { error: `${error.message}${error.cause ? ` (${error.cause.message})` : ''}` };
  }
}

async function observeAll(side) {
  const seen = new Map();
  const open = await connect(side);
  for (const [name, check] of Object.entries(clientChecks)) {
    seen.set(name, await observe(name, () => check(open)));
  }
  await open.client.close();
  const wire = new Wire(side.url, side.token);
  await wire.initialize();
  for (const [name, check] of Object.entries(wireChecks)) {
    seen.set(name, await observe(name, () => check(wire, side)));
  }
  const leaving = 'client that leaves is noticed upstream';
  seen.set(leaving, await observe(leaving, () => clientLeaves(side)));
  return seen;
}

function judge(report, name, direct, gateway) {
  if (direct.error || gateway.error) {
    const side = direct.error ? 'direct' : 'gateway';
    report.fail(name, `${side}: ${direct.error ?? gateway.error}`);
  } else {
    report.equal(name, direct.value, gateway.value);
  }
}

// Only a gateway replaces credentials, so this one is not a comparison.
function judgeCredentials(report, before, after) {
  const name = "upstream gets an assertion, never the client's token";
  const leaked = after.credentials - before.credentials;
  const asserted = after.assertions - before.assertions;
  if (leaked === 0 && asserted > 0) {
    report.ok(name);
  } else {
    report.fail(name, `with credentials: ${leaked} requests, with an assertion: ${asserted}`);
  }
}

async function main() {
  const report = new Report();
  const direct = await within(WHOLE, 'direct', observeAll({ url: directUrl, witness }));
  const before = await witness();
  const gateway = await within(WHOLE, 'gateway', observeAll({ url: gatewayUrl, token, witness }));
  const after = await witness();
  for (const [name, seen] of direct) {
    judge(report, name, seen, gateway.get(name));
  }
  if (gatewayUrl !== directUrl) {
    judgeCredentials(report, before, after);
  }
  return report.close();
}

process.exit(
  await main().catch((error) => {
    console.log(`FAIL run ${error.message}`);
    console.log('0 passed, 1 failed');
    return 1;
  }),
);
