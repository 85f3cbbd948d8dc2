import { writeFileSync } from "node:fs";
import { layersConfiguration } from "./layers";

writeFileSync("tests/lint/layers.json", `${JSON.stringify(layersConfiguration, null, 2)}\n`);
