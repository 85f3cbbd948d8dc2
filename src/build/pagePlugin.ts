import type { Plugin, Rolldown } from "vite";
import { builtPage, withAddresses } from "./builtPage.ts";

/** Puts the style sheet and the content security policy into the built page. The development server has no policy, because Vite's development scripts are inline. */
export function pagePlugin(): Plugin {
  return {
    name: "page",
    apply: "build",
    generateBundle: {
      // After the plugins that add the page and the styles to the bundle.
      order: "post",
      handler(_, bundle) {
        const page = Object.values(bundle).find(({ fileName }) => fileName.endsWith(".html"));
        if (page?.type !== "asset") throw new Error("The build has no page.");
        // The page of the benchmark has neither styles nor a policy.
        if (page.fileName !== "index.html") return;
        const styles = withAddresses(takeText(bundle, ".css"), (path) => `./${path}`);
        page.source = builtPage(page.source.toString(), styles);
      },
    },
  };
}

/**
 * Removes the only file with this ending from the bundle and returns its text.
 * @throws Error unless there is one such file
 */
export function takeText(bundle: Rolldown.OutputBundle, ending: string): string {
  const names = Object.keys(bundle).filter((name) => name.endsWith(ending));
  const [name = ""] = names;
  const file = bundle[name];
  if (names.length !== 1 || !file) throw new Error(`The page needs one ${ending} file: found ${names.length}`);
  delete bundle[name];
  return file.type === "chunk" ? file.code : file.source.toString();
}
