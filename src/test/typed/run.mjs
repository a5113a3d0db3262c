// ./run, or another command, as it is started in a terminal: a process group of its own, which
// Ctrl-C interrupts.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { eventually, within } from '../peers/deadline.mjs';

// A build and a start on a slow machine.
const PATIENCE = 900_000;

export class Run {
  #child;
  #ended;
  #heard = () => {};
  #began = performance.now();
  #command;
  out = '';
  err = '';

  constructor(checkout, options, environment = {}, command = './run') {
    this.#command = command;
    const env = { ...process.env, ...environment };
    const stdio = ['ignore', 'pipe', 'pipe'];
    this.#child = spawn(command, options, { cwd: checkout.folder, env, stdio, detached: true });
    this.#ended = once(this.#child, 'exit');
    for (const name of ['out', 'err']) {
      this.#child[`std${name}`].setEncoding('utf8').on('data', (text) => {
        this[name] += text;
        this.#heard();
      });
    }
  }

  get pid() {
    return this.#child.pid;
  }

  // Waits for a line on standard output; answers the seconds since the start.
  async says(part) {
    const said = new Promise((resolve) => {
      this.#heard = () => this.out.includes(part) && resolve(true);
    });
    this.#heard();
    const ended = this.#ended.then(() => false);
    if (!(await within(PATIENCE, part, Promise.race([said, ended])))) {
      throw new Error(`${this.#command} ended without saying "${part}": ${this.out} ${this.err}`);
    }
    return (performance.now() - this.#began) / 1000;
  }

  // Its exit status, or the signal that killed it.
  async end() {
    const [code, signal] = await within(PATIENCE, `the end of ${this.#command}`, this.#ended);
    return code ?? signal;
  }

  // As a supervisor ends it.
  terminate() {
    process.kill(this.pid, 'SIGTERM');
  }

  // Ctrl-C in its terminal.
  interrupt() {
    process.kill(-this.pid, 'SIGINT');
    return this.end();
  }
}

// The processes whose command names this folder, as [id, command].
export function processesOf(folder) {
  return execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder))
    .map((line) => line.trim().split(/\s+(.*)/s))
    .map(([pid, command]) => [Number(pid), command]);
}

export function kill(processes) {
  for (const [pid] of processes) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It went with another of them.
    }
  }
}

export const noneLeft = (folder) =>
  eventually(10_000, 'no process left', () => processesOf(folder).length === 0);
