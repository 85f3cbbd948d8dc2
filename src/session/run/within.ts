/** Resolves as `promise` does; calls `late` if it has not settled after `ms`, which must then make it settle. */
export async function within<T>(ms: number, promise: Promise<T>, late: () => void): Promise<T> {
  const timer = setTimeout(late, ms);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
