import type { Case } from "../../core/files/case";
import { type Cell, cellsOf } from "../cells";
import { heldCells } from "./heldOut";
import probes from "./probes.py?raw";

/** The cells of the probes and, for a run with held-out rows, of the scores. */
export const measuredCells = (from: Case): Cell[] => [...cellsOf(probes, {}), ...heldCells(from)];
