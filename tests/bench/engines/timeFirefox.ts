import { findFirefox } from "../../browsers/find";
import { openFirefox } from "../../browsers/firefox";
import type { NetworkName } from "./networks";
import { listOf, type Ratio, speedsOf } from "./timeEngines";

/** The ratios with those of the cpu engine to the plain loops in Firefox. Without Firefox the ratios stay as they are. */
export async function withFirefox(
  ratios: readonly Ratio[],
  address: string,
  log: (line: string) => void,
): Promise<Ratio[]> {
  const path = findFirefox();
  if (!path) {
    log("Firefox: not found; the table has no ratios in Firefox (packages firefox-esr, xvfb).");
    return [...ratios];
  }
  const tab = await openFirefox(path);
  try {
    await tab.goto(address);
    const found = new Map<NetworkName, number>();
    for (const network of new Set(ratios.map((ratio) => ratio.network))) {
      const { cpu = Number.NaN, loops = Number.NaN } = await speedsOf(tab.evaluate, network, ["cpu", "loops"], null);
      log(`${network}, Firefox: ${listOf({ cpu, loops })}`);
      found.set(network, cpu / loops);
    }
    return ratios.map((ratio) => {
      const firefox = ratio.peer === "loops" ? found.get(ratio.network) : undefined;
      return firefox === undefined ? ratio : { ...ratio, firefox };
    });
  } finally {
    await tab.close();
  }
}
