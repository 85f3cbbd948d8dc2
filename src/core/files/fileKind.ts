/** Names of file formats by their first bytes, written as Latin-1. */
const signatures: readonly (readonly [start: string, name: string])[] = [
  ["\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel workbook (.xls)"],
  ["PAR1", "a Parquet file"],
  ["ARROW1", "an Arrow file"],
  ["FEA1", "a Feather file"],
  ["\x89PNG", "a PNG picture"],
  ["\xff\xd8\xff", "a JPEG picture"],
  ["GIF8", "a GIF picture"],
  ["BM", "a BMP picture"],
  ["II*\0", "a TIFF picture"],
  ["MM\0*", "a TIFF picture"],
  ["RIFF", "a media file"],
  ["%PDF", "a PDF document"],
  ["{\\rtf", "an RTF document"],
  ["\x1f\x8b", "a gzip archive"],
  ["BZh", "a bzip2 archive"],
  ["\xfd7zXZ", "an xz archive"],
  ["\x28\xb5\x2f\xfd", "a zstd archive"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["Rar!", "a RAR archive"],
  ["SQLite format 3", "an SQLite database"],
  ["\x89HDF", "an HDF5 file"],
  ["\x93NUMPY", "a NumPy array"],
  ["Obj\x01", "an Avro file"],
];

const longestSignature = Math.max(...signatures.map(([start]) => start.length));

/** The contents of zip archives by a part of the names of their entries. */
const archives: readonly (readonly [part: string, name: string])[] = [
  ["opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"],
  ["xl/", "an Excel workbook (.xlsx)"],
  ["opendocument.text", "an OpenDocument text"],
  ["word/", "a Word document"],
  ["ppt/", "a PowerPoint presentation"],
  [".iwa", "a Numbers, Pages or Keynote document"],
];

/** Signatures of letters only also begin texts, so they count only where the file has zero bytes. */
const isText = (start: string, bytes: string): boolean => /^[\x20-\x7e]+$/.test(start) && !bytes.includes("\0");

/** The length of the parts of a file that are searched. */
const searchedBytes = 64 * 1024;

/**
 * The name of the format of a file that is no table, run file or lesson, by its first bytes: “an Excel workbook (.xlsx)”; null for all
 * other files.
 */
export async function binaryKind(file: Blob): Promise<string | null> {
  const textAt = async (part: Blob) => new TextDecoder("latin1").decode(await part.arrayBuffer());
  const start = await textAt(file.slice(0, searchedBytes));
  const end = await textAt(file.slice(Math.max(0, file.size - searchedBytes)));
  if (start.startsWith("PK\x03\x04") || start.startsWith("PK\x05\x06"))
    return archives.find(([part]) => start.includes(part) || end.includes(part))?.[1] ?? "a zip archive";
  const bytes = new Uint8Array(await file.slice(0, longestSignature).arrayBuffer());
  // The decoder “latin1” is Windows-1252, which differs from Latin-1 between 0x80 and 0x9f.
  const latin = String.fromCharCode(...bytes);
  const signature = signatures.find(([first]) => latin.startsWith(first) && !isText(first, start));
  if (signature) return signature[1];
  const markup = /^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|\?xml)/i.exec(start);
  return markup ? "a web page or an XML document" : null;
}
