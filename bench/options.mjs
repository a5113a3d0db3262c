import { parseArgs } from 'node:util';

const USAGE = `usage: bench/run [options]
  --without-gateway     measure the other systems only
  --run-json FILE       of the running gateway (default .data/run.json)
  --gateway-pid PID     its server process (default: from server.pid beside run.json)
  --upstream-port PORT  of the common upstream (default 39180; the gateway remembers it)
  --rounds N            interleaved rounds (default 5)
  --seconds N           of load per system and round (default 4)
  --warmup N            seconds of load per system before the first round, thrice on a JVM (default 8)
  --tokens N            different tokens (default 2000)
  --peers               also Apache with mod_auth_openidc and Spring Cloud Gateway
  --connections LIST    also loads of so many connections, such as 1,16,128
  --bodies              also bodies of 64 KiB and 1 MiB, each way
  --sse                 also event streams: first byte, and delay of each event
  --all                 all four
  --markdown            print the tables of docs/performance.md`;

const string = (value) => ({ type: 'string', default: value });

export function options(parameters) {
  try {
    const { values } = parseArgs({
      args: parameters,
      options: {
        'without-gateway': { type: 'boolean', default: false },
        'run-json': string('.data/run.json'),
        'gateway-pid': { type: 'string' },
        'upstream-port': string('39180'),
        rounds: string('5'),
        seconds: string('4'),
        warmup: string('8'),
        tokens: string('2000'),
        peers: { type: 'boolean', default: false },
        connections: { type: 'string' },
        bodies: { type: 'boolean', default: false },
        sse: { type: 'boolean', default: false },
        all: { type: 'boolean', default: false },
        markdown: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return {
      gateway: !values['without-gateway'],
      runJson: values['run-json'],
      gatewayPid: values['gateway-pid'] && number(values, 'gateway-pid', 4_194_304),
      upstreamPort: number(values, 'upstream-port', 65_535),
      rounds: number(values, 'rounds', 20),
      seconds: number(values, 'seconds', 30),
      warmup: number(values, 'warmup', 60),
      tokens: number(values, 'tokens', 10_000),
      peers: values.peers || values.all,
      connections: connections(values.connections ?? (values.all ? '1,16,128' : '')),
      bodies: values.bodies || values.all,
      sse: values.sse || values.all,
      markdown: values.markdown,
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function connections(text) {
  const counts = text.split(',').filter(Boolean).map(Number);
  if (counts.some((count) => !Number.isInteger(count) || count < 1 || count > 1000)) {
    throw new Error('--connections is a list of whole numbers from 1 to 1000');
  }
  return counts;
}

function number(values, name, most) {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`--${name} is a whole number from 1 to ${most}`);
  }
  return value;
}
