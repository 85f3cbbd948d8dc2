/** Longer than this the page does not wait for its letters, in ms. */
const patience = 1500;

/** Resolves when every font the page declares is there, or will not be for a while: laid out with them, nothing moves later. */
export async function fontsReady(fonts: FontFaceSet): Promise<void> {
  const late = new Promise((resolve) => setTimeout(resolve, patience));
  await Promise.race([Promise.allSettled([...fonts].map((face) => face.load())), late]);
}
