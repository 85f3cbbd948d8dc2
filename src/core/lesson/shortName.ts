/** A file's name or its address, short enough to be said; one that is cut stays as it is. */
export const shortName = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);
