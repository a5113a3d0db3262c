// Every wait has a deadline: a peer that hangs fails its check instead of the whole run. They are
// long, because a busy machine is no reason to fail.
export const PATIENCE = 30_000;

export async function within(milliseconds, what, promise) {
  let timer;
  const expired = new Promise((_, reject) => {
    const late = () => reject(new Error(`${what}: not within ${milliseconds} ms`));
    timer = setTimeout(late, milliseconds);
  });
  try {
    return await Promise.race([promise, expired]);
  } finally {
    clearTimeout(timer);
  }
}

export async function eventually(milliseconds, what, probe) {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    const value = await probe();
    if (value) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${what}: not within ${milliseconds} ms`);
}
