import * as v from "valibot";
import { InputError } from "../errors";
import { fieldsOf, found, isList } from "../untrusted";

/** A schema for input of unknown type, with messages of the form "found X; allowed: Y". */
export type Schema<T> = v.GenericSchema<unknown, T>;

type Key = string | number;

/**
 * The output of a schema.
 *
 * @param root the name of the whole input in messages
 * @throws InputError "FIELD: found X; allowed: Y" for the first fault
 */
export function parse<T>(schema: Schema<T>, root: string, input: unknown): T {
  let result: Attempt<T>;
  try {
    result = attempt(schema, input);
  } catch {
    // A getter or a proxy in the input has thrown.
    throw new InputError(`${root}: found ${found(input)} that cannot be read`);
  }
  if (result.ok) return result.output;
  const { path, message } = result;
  const field = path.map((key) => (typeof key === "number" ? `[${key}]` : `.${key}`)).join("");
  // A message that begins with a dot continues the name of the field.
  throw new InputError(`${field.replace(/^\./, "") || root}${message.startsWith(".") ? "" : ": "}${message}`);
}

type Attempt<T> = { ok: true; output: T } | { ok: false; message: string; path: readonly Key[] };

/** The output of a schema, or its first fault. */
export function attempt<T>(schema: Schema<T>, input: unknown): Attempt<T> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return { ok: true, output: result.output };
  const [{ message, path = [] }] = result.issues;
  return { ok: false, message, path: path.map(({ key }) => key as Key) };
}

/** The message for a value that is not allowed. */
export const refusal = (value: unknown, allowed: string): string => `found ${found(value)}; allowed: ${allowed}`;

/** The path of an issue, for `addIssue`; numbers are indices of a list. */
function issuePath(keys: readonly Key[]): { path: [v.IssuePathItem, ...v.IssuePathItem[]] } | undefined {
  if (keys.length === 0) return undefined;
  const items = keys.map((key) => ({ type: "unknown", origin: "value", input: null, key, value: null }) as const);
  return { path: items as unknown as [v.IssuePathItem, ...v.IssuePathItem[]] };
}

/** Reports a fault at a path below the value of a check or transformation. */
export type Report = (message: string, ...path: Key[]) => void;

/** A step of a pipe: `find` reports the faults of a value that is valid field by field. */
export const check = <T>(find: (value: T, report: Report) => void): v.RawCheckAction<T> =>
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    find(dataset.value, (message, ...path) => addIssue({ message, ...issuePath(path) }));
  });

/** A schema by a function that returns the output, or the result of `refuse`. */
export function custom<T>(read: (input: unknown, refuse: (message: string, ...path: Key[]) => T) => T): Schema<T> {
  return v.pipe(
    v.unknown(),
    v.rawTransform(({ dataset, addIssue, NEVER }) =>
      read(dataset.value, (message, ...path) => {
        addIssue({ message, ...issuePath(path) });
        return NEVER;
      }),
    ),
  );
}

export const anything: Schema<unknown> = v.unknown();

/** The values for which a function is true. */
const accepting = <T>(holds: (input: unknown) => boolean, allowed: string): Schema<T> =>
  v.custom<T>(holds, ({ input }) => refusal(input, allowed)) as unknown as Schema<T>;

export const bool = accepting<boolean>((input) => typeof input === "boolean", "true, false");

export const oneOf = <const V>(...options: readonly V[]): Schema<V> =>
  accepting((input) => (options as readonly unknown[]).includes(input), options.join(", "));

export const whole = (min: number, max: number): Schema<number> =>
  accepting((input) => isWhole(input, min, max), `a whole number from ${min} to ${max}`);

export const isWhole = (input: unknown, min: number, max: number): boolean =>
  Number.isInteger(input) && (input as number) >= min && (input as number) <= max;

export const text = accepting<string>((input) => typeof input === "string", "a text");

/** A list of `min` to `max` items; holes of a sparse array count as undefined items. */
export function list<T>(item: Schema<T>, min: number, max: number): Schema<readonly T[]> {
  const allowed = min === max ? `a list of ${min}` : `a list of ${min} to ${max}`;
  const holds = (input: unknown) => isList(input) && input.length >= min && input.length <= max;
  return v.pipe(accepting<unknown[]>(holds, allowed), v.array(item), v.readonly());
}

/** A list of at most `max` numbers. JSON has null in place of NaN and the infinities; null becomes NaN. */
export const numbers = (max: number): Schema<number[]> =>
  custom((input, refuse) => {
    if (!isList(input) || input.length > max) return refuse(refusal(input, `a list of 0 to ${max}`));
    // One loop, not a schema per number: a run file has millions of numbers.
    const values = Array.from(input, (entry) => (entry === null ? Number.NaN : entry));
    const bad = values.findIndex((entry) => typeof entry !== "number");
    return bad < 0 ? (values as number[]) : refuse(refusal(input[bad], "numbers, null"), bad);
  });

type Fields<E extends v.ObjectEntries> = Readonly<v.InferOutput<v.ObjectSchema<E, undefined>>>;

/**
 * An object with these fields. A missing field is read as undefined; the output has no undefined fields.
 * @param others other fields of the input: ignored, or a fault
 */
export function object<E extends v.ObjectEntries>(
  entries: E,
  others: "ignored" | "refused" = "ignored",
): Schema<Fields<E>> {
  const keys = Object.keys(entries);
  const missing = Object.fromEntries(keys.map((key) => [key, undefined]));
  const fields = custom<Record<string, unknown>>((input, refuse) => {
    const own = fieldsOf(input);
    if (!own) return refuse(refusal(input, "an object"));
    const other = others === "refused" ? Object.keys(own).find((key) => !keys.includes(key)) : undefined;
    if (other !== undefined) return refuse(`found ${found(other)}; allowed: ${keys.join(", ")}`);
    return { ...missing, ...own };
  });
  const defined = v.transform((output: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined)),
  );
  return v.pipe(
    fields,
    v.object(entries) as unknown as v.GenericSchema<Record<string, unknown>>,
    defined,
  ) as unknown as Schema<Fields<E>>;
}

/** A schema whose output is null for undefined. */
export const orNull = <T>(schema: Schema<T>): Schema<T | null> =>
  v.pipe(
    v.optional(schema),
    v.transform((output) => output ?? null),
  ) as unknown as Schema<T | null>;

/** A field of an object that may be absent or null; null counts as absent. */
export const optionalField = <T>(schema: Schema<T>): v.OptionalSchema<Schema<T>, undefined> =>
  v.pipe(
    v.nullish(schema),
    v.transform((output) => output ?? undefined),
  ) as unknown as v.OptionalSchema<Schema<T>, undefined>;

/** An object with two groups of fields: the schema of the second group depends on the first. */
export const dependent = <A extends object, B extends object>(
  first: Schema<A>,
  second: (first: A) => Schema<B>,
): Schema<A & B> =>
  custom((input, refuse) => {
    const given = attempt(first, input);
    if (!given.ok) return refuse(given.message, ...given.path);
    const more = attempt(second(given.output), input);
    return more.ok ? { ...given.output, ...more.output } : refuse(more.message, ...more.path);
  });
