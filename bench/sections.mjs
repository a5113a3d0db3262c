// Which loads a run puts on every system, one table each.
import { SIZES } from './systems.mjs';

const SMALL = { connections: 32, kind: 'mcp', size: 0 };

export function sectionsOf({ connections, bodies }) {
  const sections = [{ title: 'Warm calls', load: SMALL }];
  for (const count of connections) {
    const title = `Warm calls, ${count} connection${count === 1 ? '' : 's'}`;
    sections.push({ title, load: { ...SMALL, connections: count } });
  }
  if (bodies) {
    for (const [kind, size] of Object.entries(SIZES)) {
      const title = `Bodies of ${size / 1024} KiB, each way`;
      sections.push({ title, load: { connections: 16, kind, size } });
    }
  }
  return sections;
}
