/** Hands the user a file. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the content by then, on a slow machine too.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
