import { messageOf } from "../../core/errors";
import { found, isList } from "../../core/untrusted";
import type { Session } from "../../session/session";
import { type PresentedChart, presentedCharts } from "../../session/view/pageView";
import type { Alphascope } from "./scripting";

/** Version of the protocol: the field `alphascope` of every message. */
const protocol = 1;

/** An event that the frame sends to its parent without a call. Any parent may receive it: calls return the same data. */
type EmbedEvent =
  | { readonly event: "ready"; readonly version: string }
  | { readonly event: "failed"; readonly message: string }
  | { readonly event: "step"; readonly step: number; readonly epoch: number; readonly state: string }
  /** The preferred height of the frame at its present width, in CSS pixels. */
  | { readonly event: "height"; readonly height: number }
  /** A key pressed in the frame that no control of the frame handles; slide decks identify keys by their codes. */
  | { readonly event: "key"; readonly key: string; readonly keyCode: number; readonly shiftKey: boolean };
export type SendEvent = (event: EmbedEvent) => void;

/** The parts of `window` that the protocol uses. */
export interface Frame {
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
  readonly parent: { postMessage(message: unknown, targetOrigin: string): void };
}

/** Least time between two `step` events, in ms. */
const stepEventMs = 100;

/**
 * Lets the parent of an embedded page control it by `postMessage`. Only the parent may send
 * `{ alphascope: 1, id, call, args }`; the answer `{ alphascope: 1, id, result }` or `{ …, error }` goes to its origin only.
 * Every parent is accepted: it has chosen the run of the frame, and an embedded page opens no files and stores nothing, so
 * it contains no data of the user. The protocol is installed only in embed mode.
 *
 * @returns sends an event to the parent
 */
export function installEmbed(session: Session, api: Alphascope, frame: Frame = window): SendEvent {
  const { parent } = frame;
  // Without a frame the page is its own parent and would receive its own messages.
  if ((parent as unknown) === frame) return () => {};
  const send: SendEvent = (event) => parent.postMessage({ alphascope: protocol, ...event }, "*");
  const calls = callsOf(session, api);

  frame.addEventListener("message", async ({ data, source, origin }) => {
    if (source !== parent || !isCall(data)) return;
    const answer = await answerOf(calls, data);
    // The origin of a page from a disk or in a sandbox is "null", which is no valid target.
    parent.postMessage({ alphascope: protocol, id: data.id, ...answer }, origin === "null" ? "*" : origin);
  });

  api.ready.then(
    () => send({ event: "ready", version: api.version }),
    (error: unknown) => send({ event: "failed", message: messageOf(error) }),
  );
  sendSteps(session, send);
  return send;
}

type Calls = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

/** The allowed calls. The arguments are validated by the functions called. */
function callsOf({ view }: Pick<Session, "view">, api: Alphascope): Calls {
  return {
    load: (run) => api.load(run),
    set: (settings) => api.set(settings),
    advance: (steps) => api.advance(steps as number),
    play: () => api.play(),
    pause: () => api.pause(),
    seek: (step) => api.seek(step as number),
    stopWhen: (condition) => api.stopWhen(condition),
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

/** Other messages are not for this page and get no answer. */
function isCall(data: unknown): data is Call {
  const message = data as Partial<Record<"alphascope" | "call", unknown>> | null;
  return typeof message === "object" && message?.alphascope === protocol && typeof message.call === "string";
}

/** The call is made synchronously, so that calls take effect in the order of their messages. */
async function answerOf(calls: Calls, { call, args = [] }: Call): Promise<{ result: unknown } | { error: string }> {
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

function sendSteps({ store }: Pick<Session, "store">, send: SendEvent): void {
  let due = false;
  store.subscribe((run, previous) => {
    if (due || (run.step === previous.step && run.phase === previous.phase)) return;
    due = true;
    setTimeout(() => {
      due = false;
      const { step, epoch, phase } = store.getState();
      send({ event: "step", step, epoch, state: phase });
    }, stepEventMs);
  });
}
