// One line per check; the closing line "N passed, M failed" stands alone.
import { isDeepStrictEqual } from 'node:util';

const CHANGING = [
  [/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, '<uuid>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '<instant>'],
  [/\b\d{1,2}:\d\d:\d\d(?:\s?[AP]M)?/g, '<time>'],
];

export function normalise(value) {
  let text = JSON.stringify(value) ?? 'null';
  for (const [pattern, name] of CHANGING) {
    text = text.replace(pattern, name);
  }
  return JSON.parse(text);
}

export class Report {
  passed = 0;
  failed = 0;

  ok(name) {
    this.passed++;
    console.log(`ok ${name}`);
  }

  fail(name, detail) {
    this.failed++;
    console.log(`FAIL ${name} ${String(detail).replace(/\s+/g, ' ').slice(0, 400)}`);
  }

  holds(name, condition, detail) {
    if (condition) {
      this.ok(name);
    } else {
      this.fail(name, detail);
    }
  }

  equal(name, direct, gateway) {
    const [left, right] = [normalise(direct), normalise(gateway)];
    if (isDeepStrictEqual(left, right)) {
      this.ok(name);
    } else {
      this.fail(name, difference(left, right, '$'));
    }
  }

  close() {
    console.log(`${this.passed} passed, ${this.failed} failed`);
    return this.failed === 0 && this.passed > 0 ? 0 : 1;
  }
}

function difference(left, right, at) {
  const nested = (value) => typeof value === 'object' && value !== null;
  if (!nested(left) || !nested(right)) {
    return `at ${at}: direct ${show(left)}, gateway ${show(right)}`;
  }
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    if (!isDeepStrictEqual(left[key], right[key])) {
      return difference(left[key], right[key], `${at}.${key}`);
    }
  }
  return `at ${at}: different kinds`;
}

function show(value) {
  return (JSON.stringify(value) ?? 'absent').slice(0, 120);
}
