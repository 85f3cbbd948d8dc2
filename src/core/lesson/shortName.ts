/** A file's name or address, truncated for messages. Truncation is idempotent. */
export const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
