import { messageOf } from "../../core/errors";
import { found, isList } from "../../core/untrusted";
import { type PresentedChart, presentedCharts } from "../../session/pageView";
import type { Session } from "../../session/session";
import type { Alphascope } from "./scripting";

/** The protocol's version: what every message carries as `alphascope`. */
const protocol = 1;

/**
 * What the frame tells the page around it unasked. All of it goes to whoever that page is: it says nothing that the same
 * page could not ask for.
 */
export type EmbedEvent =
  | { readonly event: "ready"; readonly version: string }
  | { readonly event: "failed"; readonly message: string }
  | { readonly event: "step"; readonly step: number; readonly epoch: number; readonly state: string }
  /** The height, in CSS pixels, at which a frame of this width shows everything in comfort. */
  | { readonly event: "height"; readonly height: number }
  /** A key that the frame had the focus for and no use; decks know keys by their codes. */
  | { readonly event: "key"; readonly key: string; readonly keyCode: number; readonly shiftKey: boolean };
export type Tell = (event: EmbedEvent) => void;

/** The window around the page's own, as far as the protocol needs it. */
export interface Frame {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  readonly parent: { postMessage(message: unknown, targetOrigin: string): void };
}

/** Steps are told at most this often, in ms, however fast the run. */
const tellSteps = 100;

/**
 * Lets the page around an embedded one drive it by `postMessage`. The parent, and nobody else, may send
 * `{ alphascope: 1, id, call, args }` and is answered `{ alphascope: 1, id, result }` or `{ …, error }`, to its own origin.
 * Which parent that is does not matter: it shows the page in the first place and chose its run, an embedded page takes no
 * files by hand and keeps nothing, and whatever is loaded the parent has sent. Outside embed mode this is never installed.
 *
 * @returns tells the parent an event
 */
export function installEmbed(session: Session, api: Alphascope, frame: Frame = window): Tell {
  const { parent } = frame;
  // Opened on its own, a page is its own parent, and would talk to itself.
  if ((parent as unknown) === frame) return () => {};
  const tell: Tell = (event) => parent.postMessage({ alphascope: protocol, ...event }, "*");
  const calls = callsOf(session, api);

  frame.addEventListener("message", async ({ data, source, origin }) => {
    if (source !== parent || !isCall(data)) return;
    const answer = await answered(calls, data);
    // A page from a disk, or in a sandbox, has an origin that cannot be named.
    parent.postMessage({ alphascope: protocol, id: data.id, ...answer }, origin === "null" ? "*" : origin);
  });

  api.ready.then(
    () => tell({ event: "ready", version: api.version }),
    (error: unknown) => tell({ event: "failed", message: messageOf(error) }),
  );
  tellStepsOf(session, tell);
  return tell;
}

type Calls = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** What may be called, and what each takes is checked where it is done. */
function callsOf({ view }: Pick<Session, "view">, api: Alphascope): Calls {
  return {
    load: (run) => api.load(run),
    set: (settings) => api.set(settings),
    advance: (steps) => api.advance(steps as number),
    play: () => api.play(),
    pause: () => api.pause(),
    seek: (step) => api.seek(step as number),
    reset: () => api.reset(),
    status: () => api.status(),
    recipe: () => api.recipe(),
    trace: () => api.trace(),
    chart(name) {
      if (name !== undefined) view.getState().setPresentedChart(chartNamed(name));
      return view.getState().presentedChart;
    },
  };
}

function chartNamed(name: unknown): PresentedChart {
  const chart = presentedCharts.find((one) => one === name);
  if (!chart) throw new Error(`chart: found ${found(name)}; allowed: ${presentedCharts.join(", ")}`);
  return chart;
}

interface Call {
  readonly id: unknown;
  readonly call: string;
  readonly args?: unknown;
}

/** Anything else is not meant for this page, and gets no answer. */
function isCall(data: unknown): data is Call {
  const message = data as Partial<Record<"alphascope" | "call", unknown>> | null;
  return typeof message === "object" && message?.alphascope === protocol && typeof message.call === "string";
}

/** Calls at once, so that calls take effect in the order in which they arrive. */
async function answered(calls: Calls, { call, args = [] }: Call): Promise<{ result: unknown } | { error: string }> {
  try {
    if (!Object.hasOwn(calls, call)) {
      throw new Error(`call: found ${found(call)}; allowed: ${Object.keys(calls).join(", ")}`);
    }
    if (!isList(args)) throw new Error(`args: found ${found(args)}; allowed: a list`);
    return { result: (await calls[call]?.(...args)) ?? null };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function tellStepsOf({ store }: Pick<Session, "store">, tell: Tell): void {
  let due = false;
  store.subscribe((run, before) => {
    if (due || (run.step === before.step && run.phase === before.phase)) return;
    due = true;
    setTimeout(() => {
      due = false;
      const { step, epoch, phase } = store.getState();
      tell({ event: "step", step, epoch, state: phase });
    }, tellSteps);
  });
}
