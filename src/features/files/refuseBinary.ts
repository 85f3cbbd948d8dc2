import { InputError } from "../../core/errors";

/** @throws InputError that names the format of a file that is no text, such as a workbook or a picture */
export async function refuseBinary(file: Blob): Promise<void> {
  const { binaryKind } = await import("../../core/files/fileKind");
  const kind = await binaryKind(file);
  if (kind) {
    throw new InputError(
      `found ${kind}; allowed: run files, lessons and CSV files. Open a table in its own program and save it as CSV.`,
    );
  }
}
