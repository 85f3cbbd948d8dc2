/**
 * Limits the time of a promise. @param onTimeout called where `promise` has not settled after `ms`; must make the promise settle
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
