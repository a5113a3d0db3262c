// Reads stacks in the collapsed form (frames from the thread down, a number of samples) and says
// which share of a server's I/O threads went where.
const IO_THREAD = /^\[default I\/O-/;
// The rest of a server's threads, by who works there.
const OTHERS = [
  ['the compiler', /CompilerThre/],
  ['garbage collection', /^\[(GC |G1 |ParGC|VM Thread)/],
];
// What the innermost frame is part of. What it does for others, such as a map's lookup, is found by
// the frames above it.
const KERNEL = /^(_*(GI|libc)_*)?(writev?|readv?|epoll_\w+|recv\w*|send\w*|futex\w*)$|_\[k\]$/;
const OWNERS = [
  ['Sallyport', /^dev\/sallyport\//],
  ['Undertow, XNIO and WildFly', /^(io\/undertow|org\/(xnio|wildfly))\//],
];

export function read(text) {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const at = line.lastIndexOf(' ');
      const [thread, ...frames] = line.slice(0, at).split(';');
      return { thread, frames, samples: Number(line.slice(at + 1)) };
    });
}

function sum(stacks) {
  return stacks.reduce((total, { samples }) => total + samples, 0);
}

// Rows of name and share in percent, the largest first.
function shares(stacks, nameOf, total = sum(stacks)) {
  const counts = new Map();
  for (const stack of stacks) {
    for (const name of new Set([nameOf(stack)].flat())) {
      counts.set(name, (counts.get(name) ?? 0) + stack.samples);
    }
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([name, samples]) => [name, (100 * samples) / total]);
}

function threadOf({ thread }) {
  const [found] = OTHERS.find(([, pattern]) => pattern.test(thread)) ?? ['other threads'];
  return IO_THREAD.test(thread) ? 'I/O threads' : found;
}

function ownerOf({ frames }) {
  if (KERNEL.test(frames.at(-1))) {
    return 'the kernel';
  }
  for (const frame of frames.toReversed()) {
    const owner = OWNERS.find(([, pattern]) => pattern.test(frame));
    if (owner) {
      return owner[0];
    }
  }
  return 'the JVM and others';
}

export function summary(stacks, top) {
  const calls = stacks.filter(({ thread }) => IO_THREAD.test(thread));
  if (calls.length === 0) {
    throw new Error('the profile has no I/O thread');
  }
  const ours = calls.flatMap(({ frames, samples }) => {
    const mine = frames.filter((frame) => frame.startsWith('dev/sallyport/'));
    return mine.length > 0 ? [{ mine, samples }] : [];
  });
  return [
    ['all threads', shares(stacks, threadOf)],
    ['I/O threads, by whose code ran', shares(calls, ownerOf)],
    ['I/O threads, innermost frames', shares(calls, ({ frames }) => frames.at(-1)).slice(0, top)],
    ['I/O threads, our methods with what they called',
      shares(ours, ({ mine }) => mine, sum(calls)).slice(0, top)],
  ];
}
