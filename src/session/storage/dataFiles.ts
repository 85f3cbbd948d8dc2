/**
 * A file of public/data, from the page's own folder. The single-file build takes dataFiles.inline.ts instead.
 * @throws Error where it cannot be loaded
 */
export async function dataFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(new URL(`./data/${name}`, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return new Uint8Array(await answer.arrayBuffer());
}
