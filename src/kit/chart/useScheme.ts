import { useSyncExternalStore } from "react";

const dark = () => matchMedia("(prefers-color-scheme: dark)");

/** Which colours the page has now: for what is painted with them, and has to be painted again when they change. */
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
