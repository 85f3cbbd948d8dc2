/**
 * Loads a part of the program that the first page load does not contain.
 *
 * @param part the part as the subject of a sentence, such as “The schedule dialog”
 * @param load a dynamic import, or another request for a file of this page
 * @throws Error with a sentence for the user: no connection, or the server has the files of another version
 */
export async function fetchPart<T>(part: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new Error(
      `${part} could not be loaded from the server. The run is kept. Try again when the server can be reached. If a new version of the page is online, reload the page.`,
      { cause },
    );
  }
}
