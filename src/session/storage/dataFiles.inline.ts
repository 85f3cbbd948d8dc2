import cars from "../../../public/data/cars.csv?url";
import digits from "../../../public/data/digits.bin?url";
import penguins from "../../../public/data/penguins.csv?url";

const files: Readonly<Record<string, string>> = { "cars.csv": cars, "penguins.csv": penguins, "digits.bin": digits };

/** A file of public/data, which the page carries in itself as a data: URL. */
export async function dataFile(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(files[name] ?? "");
  return new Uint8Array(await answer.arrayBuffer());
}
