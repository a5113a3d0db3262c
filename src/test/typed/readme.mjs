// node readme.mjs RUN_JSON: pastes the commands of docs/demo.md and README.md, in order, into one
// shell beside the running server, and looks at what they answer. What ./run prints to be pasted is
// another test's (run-cases.mjs); it sets the names that docs/demo.md sets here.
import { isAbsolute, join } from 'node:path';
import { eventually, PATIENCE } from '../peers/deadline.mjs';
import { GatewayRun } from '../peers/gateway-run.mjs';
import { Report } from '../peers/report.mjs';
import { Blocks, root } from './blocks.mjs';
import { Shell } from './shell.mjs';

const [given] = process.argv.slice(2);
if (!given) {
  console.error('usage: node readme.mjs RUN_JSON');
  process.exit(2);
}
const runJson = isAbsolute(given) ? given : join(root, given);
const gateway = new GatewayRun(runJson);
const report = new Report();
const shell = new Shell(root);
const demo = new Blocks('docs/demo.md', report, { run: runJson }, shell);
const { base, adminKey } = gateway.run;
const readme = new Blocks('README.md', report, { BASE: base, KEY: adminKey }, shell);
const OPEN = 'text/event-stream';

async function live(app) {
  return (await gateway.api('GET', `app-sessions?app=${app}&user=alice&state=live`)).items;
}

// As an admin does it in the console.
async function end(app) {
  for (const { id } of await live(app)) {
    await gateway.api('DELETE', `app-sessions/${id}`);
  }
}

// The page's own names may be taken by an earlier walk.
async function remove(path, name) {
  const { items } = await gateway.api('GET', path);
  for (const { id } of items.filter((item) => item.name === name)) {
    await gateway.remove(`${path}/${id}`);
  }
}

async function callAndEnd() {
  await demo.paste('the names are set', /^\s*$/);
  await demo.paste(
    'a call without a token is refused, and says where to sign in',
    'HTTP/1.1 401',
    /www-authenticate: Bearer .*resource_metadata="/i,
    `"resource":"${gateway.url('demo-mcp')}"`,
    `"authorization_servers":["${gateway.run.demo.issuer}"]`,
  );
  await demo.paste(
    "alice's token calls a tool, which does not see it",
    '"username":"alice@demo.test"',
    '"authorizationSeen":false',
  );

  const streaming = demo.paste(
    'her stream drops when her session ends, and the next call says why',
    'HTTP/1.1 200',
    '"code":"token-blocked"',
  );
  await Promise.all([streaming, demo.heard(OPEN).then(() => end('demo-mcp'))]);
  await readme.paste(
    "the README's call says so, too",
    '{"type":"/problems/token-blocked","title":"Signed out","status":401,',
  );
}

// Tokens of the second in which a session ended stay out: nobody types that fast.
async function signedOutThere() {
  await demo.pasteUntil('a new sign-in lets her in again', OPEN, 'HTTP/1.1 401');
  await demo.paste('the identity provider ends her stream', /"notified":\{[^}]*200/);
}

async function onBehalf() {
  await demo.pasteUntil(
    'the assertion opens the app behind the app', '"name":"sallyport-demo"', 'token-malformed');
  await end('dumper');
  await eventually(PATIENCE, 'the chain ends', async () => (await live('relay-target')).length === 0);
  report.ok('what was opened through a session ends with it');
}

async function ownApp() {
  await remove('app-auth-configs', 'corp');
  await remove('apps', 'wiki');
  await readme.paste('an app and its config are made', '"name":"wiki"', '"name":"corp"');
  await remove('app-auth-configs', 'corp');
  await remove('apps', 'wiki');
}

try {
  await callAndEnd();
  await signedOutThere();
  await onBehalf();
  await ownApp();
} catch (error) {
  report.fail('the walk', error.message);
} finally {
  demo.done();
  await readme.close();
}
process.exitCode = report.close();
