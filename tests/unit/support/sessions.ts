import { type Trace, traceOf } from "../../../src/core/history/trace";
import type { Recipe } from "../../../src/core/recipe/recipe";
import type { Session } from "../../../src/session/session";
import type { RunState } from "../../../src/session/state";
import { newSession } from "./fakes";

/** A recipe whose steps take little time. */
export const small = { rows: 100, inputs: 4, hidden: [3] };
/** A recipe whose run diverges soon after step 50. */
export const exploding = { ...small, hidden: [20, 20, 20, 20, 20, 20], edits: [{ step: 50, lr: 100, beta2: 0 }] };

/** A session at step 0 of this recipe, paused. */
export async function loaded(recipe: Partial<Recipe> = small): Promise<Session> {
  const { session } = newSession();
  await session.load(recipe);
  return session;
}

export const state = (session: Session): RunState => session.store.getState();
export const trace = (session: Session): Trace => traceOf(session.history());
