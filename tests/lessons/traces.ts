import { tensorsOf } from "../../src/core/data/problem";
import { initialState, startOf } from "../../src/core/data/start";
import type { Case } from "../../src/core/files/case";
import { History } from "../../src/core/history/history";
import { type Trace, traceOf } from "../../src/core/history/trace";
import type { Recipe } from "../../src/core/recipe/recipe";
import { Trainer } from "../../src/engine/trainer";
import type { EngineFactory } from "../unit/support/engineFactory";

/** The history of a recipe's first steps, on the data and parameters of a case where one is given. */
export async function historyBy(
  makeEngine: EngineFactory,
  recipe: Recipe,
  steps: number,
  given: Case | null = null,
): Promise<History> {
  const start = startOf(recipe, given);
  const engine = makeEngine(start.problem, initialState(start));
  const trainer = new Trainer(engine, start, recipe);
  const history = new History(tensorsOf(start.problem.sizes));
  while (history.length < steps) {
    const { columns, direction } = await trainer.advance(steps - history.length, Number.POSITIVE_INFINITY);
    history.append(columns, direction);
  }
  engine.dispose();
  return history;
}

/** The trace of the same steps. */
export const traceBy = async (...run: Parameters<typeof historyBy>): Promise<Trace> => traceOf(await historyBy(...run));
