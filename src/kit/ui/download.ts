/** Downloads a file to the user's disk. */
export function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Long enough for the browser to start the download, even on a slow machine.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
