// node app-developers.mjs RUN_JSON: takes the programs out of docs/app-developers.md and lets each
// check an assertion of the running gateway, and the same one spoilt in the ways that matter.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GatewayRun } from './gateway-run.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const page = readFileSync(join(root, 'docs/app-developers.md'), 'utf8');
const gateway = new GatewayRun(process.argv[2]);
const run = promisify(execFile);
const limits = { timeout: 60_000 };

function program(language) {
  const [, text] = page.match(new RegExp('```' + language + '\\n([\\s\\S]*?)```')) ?? [];
  if (!text) {
    throw new Error(`the page has no program in ${language}`);
  }
  return text;
}

// What the demo's HTTP app was sent shows an assertion.
async function assertion() {
  const response = await fetch(`${gateway.run.base}/apps/dumper/`, {
    headers: { authorization: `Bearer ${await gateway.token()}` },
  });
  return (await response.json()).headers['Sallyport-Jwt-Assertion'][0];
}

const claims = (jwt) => JSON.parse(Buffer.from(jwt.split('.')[1], 'base64url'));

function forged(jwt) {
  const [head, body, signature] = jwt.split('.');
  const other = { ...claims(jwt), sub: 'mallory' };
  return [head, Buffer.from(JSON.stringify(other)).toString('base64url'), signature].join('.');
}

// Each prints the subject, or fails.
const languages = {
  async js(folder) {
    // Where Node.js finds jose
    const place = join(here, 'node_modules', '.sallyport');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'caller.mjs'), program('js'));
    writeFileSync(
      join(place, 'main.mjs'),
      "import { caller } from './caller.mjs';\nconsole.log((await caller(process.argv[2])).sub);\n",
    );
    return [process.execPath, join(place, 'main.mjs')];
  },
  async python(folder) {
    const python = ['/usr/bin/python3', 'python3'].find((name) => name === 'python3' || existsSync(name));
    const isThere = await run(python, ['-c', 'import jwt, cryptography'], limits).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      return null;
    }
    writeFileSync(join(folder, 'caller.py'), program('python'));
    writeFileSync(join(folder, 'main.py'), 'import sys\nfrom caller import caller\nprint(caller(sys.argv[1])["sub"])\n');
    return [python, join(folder, 'main.py')];
  },
  async java(folder) {
    const home = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/` : '';
    const jars = readFileSync(join(root, 'target/launcher.classpath'), 'utf8').trim();
    writeFileSync(join(folder, 'Assertions.java'), program('java'));
    writeFileSync(
      join(folder, 'Main.java'),
      `class Main {
        public static void main(String[] a) throws Exception {
          var assertions = new Assertions(System.getenv("SALLYPORT_URL"), System.getenv("SALLYPORT_APP_URI"));
          System.out.println(assertions.caller(a[0]).getSubject());
        }
      }`,
    );
    await run(`${home}javac`, ['-proc:none', '-cp', jars, '-d', folder, join(folder, 'Assertions.java'), join(folder, 'Main.java')], limits);
    return [`${home}java`, '-XX:TieredStopAtLevel=1', '-cp', `${folder}:${jars}`, 'Main'];
  },
};

let failed = 0;
function verdict(name, ok) {
  failed += ok ? 0 : 1;
  console.log(`${ok ? 'pass' : 'FAIL'} ${name}`);
}

const good = await assertion();
const { aud, sub } = claims(good);
const folder = mkdtempSync(join(tmpdir(), 'sallyport-developers-'));
try {
  for (const [language, prepare] of Object.entries(languages)) {
    const command = await prepare(folder);
    if (!command) {
      verdict(`${language}: install Debian's python3-jwt and python3-cryptography`, false);
      continue;
    }
    const [file, ...arguments_] = command;
    const answer = (jwt, app = aud) =>
      run(file, [...arguments_, jwt], {
        ...limits,
        env: { ...process.env, SALLYPORT_URL: gateway.run.base, SALLYPORT_APP_URI: app },
      }).then(({ stdout }) => stdout.trim(), () => 'refused');
    const [who, forgery, elsewhere] = await Promise.all([
      answer(good),
      answer(forged(good)),
      answer(good, 'https://another.example/'),
    ]);
    verdict(`${language}: a good assertion says who it is`, who === sub);
    verdict(`${language}: a forged one is refused`, forgery === 'refused');
    verdict(`${language}: another app's is refused`, elsewhere === 'refused');
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${failed} failed`);
process.exitCode = failed ? 1 : 0;
