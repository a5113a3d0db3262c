// Runs the benches one after the other and puts what each prints into its place in
// docs/performance.md, between <!-- bench:NAME --> and <!-- /bench:NAME -->.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const PAGE = 'docs/performance.md';
const { values } = parseArgs({
  options: {
    'run-json': { type: 'string', default: '.data/run.json' },
    only: { type: 'string' },
  },
});
const gateway = ['--run-json', values['run-json']];
const block = (text) => `\`\`\`\n${text}\n\`\`\``;
const rows = (text) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .join('\n');
const BENCHES = [
  { name: 'calls', command: 'run', parameters: [...gateway, '--all', '--markdown'] },
  { name: 'streams', command: 'streams', parameters: gateway, form: block },
  {
    name: 'streams-http2',
    command: 'streams',
    parameters: [...gateway, '--http2', '--streams', '10000'],
    form: block,
  },
  { name: 'openings', command: 'openings', parameters: gateway, form: block },
  // On a server of its own, whose start is not for the page.
  { name: 'sessions', command: 'sessions', parameters: [], form: rows },
];

function output(command, parameters) {
  return new Promise((done, failed) => {
    const program = join(import.meta.dirname, command);
    const child = spawn(program, parameters, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece) => (text += piece));
    child.on('error', failed);
    child.on('close', (code) => {
      if (code === 0) {
        done(text.trim());
      } else {
        console.error(text);
        failed(new Error(`bench/${command} ended with ${code}: what it printed is not for the page`));
      }
    });
  });
}

function write(name, text) {
  const page = readFileSync(PAGE, 'utf8');
  const place = new RegExp(`(<!-- bench:${name} -->\\n)[^]*?(\\n<!-- /bench:${name} -->)`);
  if (!place.test(page)) {
    throw new Error(`${PAGE} has no place for ${name}`);
  }
  writeFileSync(PAGE, page.replace(place, (_, begin, end) => `${begin}\n${text}\n${end}`));
}

let failures = 0;
for (const { name, command, parameters, form = (text) => text } of BENCHES) {
  if (values.only && values.only !== name) {
    continue;
  }
  console.error(`bench/${command} ${parameters.join(' ')}`);
  try {
    write(name, form(await output(command, parameters)));
  } catch (error) {
    console.error(`bench: ${error.message}`);
    failures++;
  }
}
process.exit(failures > 0 ? 1 : 0);
