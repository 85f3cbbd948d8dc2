import type { Page } from "@playwright/test";

/** Drops files with these contents on the page. */
export async function drop(page: Page, ...files: readonly { readonly name: string; readonly text: string }[]) {
  const dataTransfer = await page.evaluateHandle((files) => {
    const transfer = new DataTransfer();
    for (const { name, text } of files) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
