/** Longest wait for the fonts, in ms. */
const timeout = 1500;

/** Resolves when all fonts of the page have loaded or failed, or after the timeout. A layout with its fonts does not shift later. */
export async function fontsReady(fonts: FontFaceSet): Promise<void> {
  const timedOut = new Promise((resolve) => setTimeout(resolve, timeout));
  await Promise.race([Promise.allSettled([...fonts].map((face) => face.load())), timedOut]);
}
