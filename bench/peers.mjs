// The systems that have to be fetched first: Apache with mod_auth_openidc from Debian, Spring Cloud
// Gateway from Maven Central. Both verify each request's token with the same key.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPILED, freePort, launch, write } from './systems.mjs';
import { AUDIENCE, ISSUER, KID } from './tokens.mjs';

const MODULES = '/usr/lib/apache2/modules';
const NEEDED = ['mpm_event', 'authn_core', 'authz_core', 'auth_openidc', 'proxy', 'proxy_http', 'headers'];

export async function apache(folder, upstreamPort, pemFile) {
  if (!existsSync(`${MODULES}/mod_auth_openidc.so`)) {
    throw new Error('--peers needs the Debian packages apache2 and libapache2-mod-auth-openidc');
  }
  const port = await freePort();
  const config = `
ServerRoot ${folder}
ServerName 127.0.0.1
PidFile ${folder}/apache.pid
ErrorLog ${folder}/apache.log
LogLevel error
Listen 127.0.0.1:${port}
${NEEDED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
StartServers 2
ServerLimit 2
ThreadLimit 256
ThreadsPerChild 256
MaxRequestWorkers 512
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 300
OIDCCryptoPassphrase bench-only
OIDCOAuthVerifyCertFiles ${KID}#${pemFile}
OIDCOAuthRemoteUserClaim sub
OIDCOAuthAcceptTokenAs header
<Location />
  AuthType oauth20
  <RequireAll>
    Require claim iss:${ISSUER}
    Require claim aud:${AUDIENCE}
  </RequireAll>
  RequestHeader unset Authorization
</Location>
ProxyPass / http://127.0.0.1:${upstreamPort}/ keepalive=On
`;
  const parameters = ['-D', 'FOREGROUND', '-f', write(folder, 'apache.conf', config)];
  const system = await launch('Apache', 'apache2', parameters, port, join(folder, 'apache.log'));
  return { ...system, verifies: true };
}

export async function springGateway(folder, upstreamPort, jwksUrl) {
  const port = await freePort();
  const java = join(process.env.JAVA_HOME, 'bin', 'java');
  const source = join(import.meta.dirname, 'spring');
  const list = join(folder, 'spring.classpath');
  const quiet = { stdio: ['ignore', 'ignore', 'inherit'] };
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.9.0:build-classpath';
  execFileSync('./mvnw', ['-q', '-B', '-f', join(source, 'pom.xml'), goal, `-Dmdep.outputFile=${list}`], quiet);
  const classPath = `${folder}:${readFileSync(list, 'utf8').trim()}`;
  const compiler = join(process.env.JAVA_HOME, 'bin', 'javac');
  const file = join(source, 'SpringPeer.java');
  execFileSync(compiler, ['-parameters', '-proc:none', '-cp', classPath, '-d', folder, file], quiet);
  const settings = {
    'server.port': port,
    'server.address': '127.0.0.1',
    'logging.level.root': 'warn',
    'spring.main.banner-mode': 'off',
    'peer.upstream': `http://127.0.0.1:${upstreamPort}`,
    'peer.jwks': jwksUrl,
    'peer.issuer': ISSUER,
    'peer.audience': AUDIENCE,
  };
  const parameters = ['-Xmx512m', '-Dreactor.netty.ioWorkerCount=2', '-cp', classPath, 'peer.SpringPeer'];
  parameters.push(...Object.entries(settings).map(([name, value]) => `--${name}=${value}`));
  const log = join(folder, 'spring.log');
  const system = await launch('Spring Cloud Gateway', java, parameters, port, log);
  // It runs ten times slower while its code is still compiled.
  return { ...system, verifies: true, warmupFactor: COMPILED };
}
