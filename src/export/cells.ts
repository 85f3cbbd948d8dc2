/** A cell of a notebook, as nbformat 4.5 has it. */
export type Cell = MarkdownCell | CodeCell;

interface MarkdownCell {
  readonly cell_type: "markdown";
  readonly id: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly source: string;
}

interface CodeCell extends Omit<MarkdownCell, "cell_type"> {
  readonly cell_type: "code";
  readonly execution_count: null;
  readonly outputs: readonly never[];
}

const heading = /^# %%(?<markdown> \[markdown\])? id="(?<id>[\w-]+)"(?<generated> generated)?(?<folded> folded)?$/;

/**
 * The cells of a Python text in the percent format: each begins with a line `# %% id="name"`, or `# %% [markdown] id="name"`,
 * whose lines are comments. What stands before the first cell is a comment on the file.
 *
 * @param generated the text of each cell whose heading ends with `generated` (and, of code that opens folded, with `folded`), by its id
 * @throws Error where one of them is missing, or a heading cannot be read
 */
export function cellsOf(text: string, generated: Readonly<Record<string, string>>): Cell[] {
  const [, ...parts] = text.replaceAll("\r\n", "\n").split(/^(?=# %%)/m);
  return parts.map((part) => {
    const [first = "", ...lines] = part.trimEnd().split("\n");
    const { id, markdown, folded, generated: isGenerated } = heading.exec(first)?.groups ?? {};
    if (id === undefined) throw new Error(`The notebook's body has a heading that cannot be read: ${first}`);
    const own = lines.map((line) => (markdown ? line.replace(/^# ?/, "") : line)).join("\n");
    const source = isGenerated ? generated[id] : own;
    if (source === undefined) throw new Error(`The notebook's cell ${id} has no text.`);
    return markdown ? markdownCell(id, source) : codeCell(id, source, folded !== undefined);
  });
}

function markdownCell(id: string, source: string): Cell {
  return { cell_type: "markdown", id, metadata: {}, source };
}

/** Cells of nothing but numbers open folded, where the reader's program knows how. */
function codeCell(id: string, source: string, folded: boolean): Cell {
  const metadata = folded ? { jupyter: { source_hidden: true } } : {};
  return { cell_type: "code", id, metadata, source, execution_count: null, outputs: [] };
}
