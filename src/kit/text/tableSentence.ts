/** The numbers of training rows and held-out rows, as a sentence. */
export function tableSentence(table: {
  readonly train: { readonly rows: number };
  readonly held: { readonly rows: number } | null;
}): string {
  const { train, held } = table;
  return held
    ? `${train.rows} rows to train on, ${held.rows} held out.`
    : `${train.rows} rows to train on, too few for held-out rows.`;
}
