import { useSyncExternalStore } from "react";

const dark = () => matchMedia("(prefers-color-scheme: dark)");

/** A string that changes with the page's colours: canvas pixels keep their colours, and must be drawn again. */
export function useScheme(): string {
  return useSyncExternalStore(subscribe, () => `${document.documentElement.dataset.theme ?? ""} ${dark().matches}`);
}

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = dark();
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
