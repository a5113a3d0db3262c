import { parseArgs } from 'node:util';

const USAGE = `usage: bench/run [options]
  --without-gateway     measure the other systems only
  --run-json FILE       of the running gateway (default .data/run.json)
  --gateway-pid PID     its server process (default: from server.pid beside run.json)
  --upstream-port PORT  of the common upstream (default 39180; the gateway remembers it)
  --rounds N            interleaved rounds (default 5)
  --seconds N           of load per system and round (default 4)
  --warmup N            seconds of load per system before the first round (default 8)
  --tokens N            different tokens (default 2000)
  --markdown            print the table of docs/performance.md`;

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
      markdown: values.markdown,
    };
  } catch (error) {
    console.error(`${error.message}\n${USAGE}`);
    process.exit(2);
  }
}

function number(values, name, most) {
  const value = Number(values[name]);
  if (!Number.isInteger(value) || value < 1 || value > most) {
    throw new Error(`--${name} is a whole number from 1 to ${most}`);
  }
  return value;
}
