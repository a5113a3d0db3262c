// Starts processes, knows what they cost, and stops each one by its pid.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const TICK_MICROS = 10_000; // USER_HZ is 100 on every Linux that Debian ships.
const started = [];

export function start(name, command, parameters, logFile) {
  const log = openSync(logFile, 'a');
  const child = spawn(command, parameters, { stdio: ['ignore', log, log] });
  closeSync(log);
  child.on('error', (error) => console.error(`${name}: ${error.message}`));
  return { name, logFile, child: track(child) };
}

// A tracked process does not outlive the bench.
export function track(child) {
  started.push({ child, gone: new Promise((done) => child.on('exit', done)) });
  return child;
}

export async function listening(entry, port) {
  const end = performance.now() + 60_000;
  while (performance.now() < end && entry.child.exitCode === null) {
    if (await connects(port)) {
      return;
    }
    await pause(50);
  }
  const log = readFileSync(entry.logFile, 'utf8').slice(-2000);
  throw new Error(`${entry.name} does not listen on port ${port}:\n${log}`);
}

export function connects(port) {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.on('connect', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

export async function stopAll() {
  for (const { child, gone } of started.splice(0).reverse()) {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const killing = setTimeout(() => child.kill('SIGKILL'), 3000);
      await gone;
      clearTimeout(killing);
    }
  }
}

// utime and stime of a process and its children, those that have ended included.
export function cpuMicros(pid) {
  let ticks = 0;
  for (const member of family(pid)) {
    const fields = stat(member);
    const last = member === pid ? 17 : 15;
    for (let field = 14; field <= last; field++) {
      ticks += Number(fields[field - 3]);
    }
  }
  return ticks * TICK_MICROS;
}

// CPU time of the whole machine; stolen time is lost to us and counts as used by others.
export function busyMicros() {
  const [total] = readFileSync('/proc/stat', 'utf8').split('\n');
  const [user, nice, system, , , irq, softirq, steal] = total.split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq + steal) * TICK_MICROS;
}

function family(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? stat(name) : undefined;
    if (fields) {
      parents.set(Number(name), Number(fields[1]));
    }
  }
  const members = [pid];
  for (const member of members) {
    members.push(...[...parents].filter(([, parent]) => parent === member).map(([id]) => id));
  }
  return members;
}

// Fields from the third on: the second one, the name, may hold spaces.
function stat(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') {
      return undefined;
    }
    throw error;
  }
}

// What a JVM holds after a collection, in KiB, and its threads.
export function memory(pid) {
  const jcmd = join(process.env.JAVA_HOME ?? '', 'bin', 'jcmd');
  execFileSync(jcmd, [String(pid), 'GC.run']);
  const heap = execFileSync(jcmd, [String(pid), 'GC.heap_info'], { encoding: 'utf8' });
  const used = [...heap.matchAll(/^ *(?:PSYoungGen|ParOldGen|garbage-first heap).*?used (\d+)K/gm)];
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    heap: used.reduce((sum, match) => sum + Number(match[1]), 0),
    rss: Number(/VmRSS:\s+(\d+)/.exec(status)[1]),
    threads: Number(/Threads:\s+(\d+)/.exec(status)[1]),
  };
}
