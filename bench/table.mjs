// Medians over the rounds. Ratios are taken within a round, where both met the same foreign load.
const COLUMNS = ['system', 'calls/s', 'p50 µs', 'p99 µs', 'CPU µs/call', 'not 2xx'];

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}

const DELAYS = ['system', 'first byte p50 ms', 'p99 ms', 'event late by p50 ms', 'p99 ms'];

// Milliseconds, a row for each system.
export function delayTable(rows, markdown) {
  const cells = rows.map(({ name, values }) => [name, ...values.map((value) => value.toFixed(1))]);
  return layout([DELAYS, ...cells], markdown);
}

export function report(results, markdown) {
  const rows = [...results].map(([name, rounds]) => row(name, rounds));
  if (markdown && !results.has('Sallyport')) {
    rows.push(['Sallyport', ...COLUMNS.slice(1).map(() => 'not measured yet')]);
  }
  const ratios = ratioRows(results);
  const ratioHead = ['CPU per call', 'median', 'lowest to highest round'];
  return [layout([COLUMNS, ...rows], markdown), '', layout([ratioHead, ...ratios], markdown)]
    .join('\n');
}

function row(name, rounds) {
  const of = (key) => median(rounds.map((round) => round[key]));
  const lost = rounds.reduce((sum, { refused, broken }) => sum + refused + broken, 0);
  const whole = ['rate', 'p50', 'p99'].map((key) => Math.round(of(key)).toString());
  const spread = rounds.map(({ cpu }) => cpu);
  const range = `${Math.min(...spread).toFixed(1)}–${Math.max(...spread).toFixed(1)}`;
  return [name, ...whole, `${of('cpu').toFixed(1)} (${range})`, String(lost)];
}

function ratioRows(results) {
  const subject = results.has('Sallyport') ? 'Sallyport' : 'bare Undertow';
  const others = [...results.keys()].filter((name) => name !== subject);
  return others.map((name) => {
    const ratios = results.get(subject).map(({ cpu }, round) => cpu / results.get(name)[round].cpu);
    const range = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
    return [`${subject} / ${name}`, median(ratios).toFixed(2), range];
  });
}

function layout(rows, markdown) {
  if (markdown) {
    const rule = rows[0].map((_, column) => (column === 0 ? '---' : '---:'));
    return [rows[0], rule, ...rows.slice(1)].map((row) => `| ${row.join(' | ')} |`).join('\n');
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd())
    .join('\n');
}
