// node administration.mjs RUN_JSON: pastes the commands of docs/administration.md beside the running
// server, and takes away what they leave.
import { GatewayRun } from '../peers/gateway-run.mjs';
import { Report } from '../peers/report.mjs';
import { Blocks } from './blocks.mjs';

const [runJson] = process.argv.slice(2);
if (!runJson) {
  console.error('usage: node administration.mjs RUN_JSON');
  process.exit(2);
}
const gateway = new GatewayRun(runJson);
const report = new Report();
const page = new Blocks('docs/administration.md', report, {
  BASE: gateway.run.base,
  KEY: gateway.run.adminKey,
});
const WORKLOADS = ['wiki deploys', 'wiki pipelines', 'front proxy'];
const ISSUERS = ['token.actions.githubusercontent.com', 'gitlab.example.com', 'kubernetes.example.com'];

async function remove(path, isOurs) {
  const { items } = await gateway.api('GET', path);
  for (const { id } of items.filter(isOurs)) {
    await gateway.remove(`${path}/${id}`);
  }
}

async function takeAway() {
  await remove('auth/roles', ({ name }) => name === 'Session watch');
  await remove('auth/workloads', ({ name }) => WORKLOADS.includes(name));
  await remove('issuers', ({ issuer }) => ISSUERS.includes(new URL(issuer).host));
}

try {
  await takeAway();
  await page.paste('the names are set', /^\s*$/);
  await page.paste('a role is made', '"name":"Session watch"', '"app_session.revoke"');
  await page.paste('it is given within a scope', '"staging"', '"team":["wiki"]');
  await page.paste('a key is made, rotated and narrowed', /deploy-test\ndeploy-test\n/, '"r-viewer"');
  await page.paste('its token is the key for a while', /^api-key$/m);
  await page.paste('a rule for GitHub', /\/\/token.actions.githubusercontent.com$/m, /^wiki deploys$/m);
  await page.paste('a rule for GitLab', /\/\/gitlab.example.com$/m, /^wiki pipelines$/m);
  await page.paste('a rule for Kubernetes', /\/\/kubernetes.example.com$/m, /^front proxy$/m);
  await page.paste('people are found, if there are any', /^(usr\S* .*\n)*\s*$/);
  await page.paste('a block is written and lifted', /^laptop stolen$/m);
  await page.paste('the audit has it', /^[a-z_.]+$/m);
} catch (error) {
  report.fail('the walk', error.message);
} finally {
  await page.close();
  await takeAway();
}
process.exitCode = report.close();
