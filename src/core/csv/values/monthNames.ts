/** The names of the months in the languages whose abbreviations are also read, January first. */
const names = [
  "january february march april may june july august september october november december",
  "januar februar märz april mai juni juli august september oktober november dezember",
  "jänner feber maerz april mai juni juli august september oktober november dezember",
  "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
  "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
  "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
  "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
  "januari februari maart april mei juni juli augustus september oktober november december",
].map((months) => months.split(" ").map(unaccented));

/** Abbreviations that are not the beginning of a name. */
const abbreviations: Readonly<Record<string, number>> = { mrz: 3, mrt: 3, juil: 7 };

/** The month, from 1, of each beginning of a name with three letters or more; 0 where it begins two names, as “jui” in French. */
const starts = new Map<string, number>(Object.entries(abbreviations));
for (const months of names)
  months.forEach((name, m) => {
    for (let length = 3; length <= name.length; length++) {
      const start = name.slice(0, length);
      const known = starts.get(start);
      starts.set(start, known === undefined || known === m + 1 ? m + 1 : 0);
    }
  });

/** The month, from 1, that a name or its first letters mean; null where there is none or more than one. */
export const monthOf = (word: string): number | null => starts.get(unaccented(word).replace(/\.$/, "")) || null;

function unaccented(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}
