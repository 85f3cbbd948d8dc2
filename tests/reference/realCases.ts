/** Writes the cases of `realRuns` into a folder, for `real.py`: node tests/ts.mjs tests/reference/realCases.ts FOLDER */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startOf } from "../../src/core/data/start";
import { caseOf } from "../../src/core/files/runfile";
import { shippedTable } from "../unit/support/tables";
import { type RealRun, realRuns } from "./realRuns";

const folder = process.argv[2];
if (!folder) throw new Error("Name the folder to write into.");
for (const name of Object.keys(realRuns) as RealRun[]) {
  const { recipe, steps } = realRuns[name];
  const from = caseOf(recipe, startOf(recipe, null, await shippedTable(name)), steps);
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...from, name }));
}
