import type { Problem } from "../../../src/core/data/problem";
import type { State } from "../../../src/core/recipe/optimisers";
import type { Engine } from "../../../src/engine/engine";

/** @param state the start; where its `vMax` has entries, the engine's later states have them too */
export type EngineFactory = (problem: Problem, state: State) => Engine;
