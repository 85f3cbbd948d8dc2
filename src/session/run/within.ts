/**
 * Limits the time of a promise. @param onTimeout called once `promise` has not settled for `ms`; it has to make it settle
 * @returns as `promise`
 */
export async function within<T>(ms: number, promise: Promise<T>, onTimeout: () => void): Promise<T> {
  const timer = setTimeout(onTimeout, ms);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
