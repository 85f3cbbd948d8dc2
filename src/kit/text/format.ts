/**
 * Numbers as the page writes them: a fixed number of significant digits (so that a changing number keeps its width),
 * a true minus sign, powers of ten outside 1e−4 … 1e6, and a dash for what does not exist.
 */
export function formatNumber(x: number, digits = 3): string {
  if (!Number.isFinite(x)) return x === Infinity ? "∞" : x === -Infinity ? "−∞" : "–";
  if (x === 0) return "0";
  const size = Math.abs(x);
  const text = size < 1e-4 || size >= 1e6 ? x.toExponential(digits - 1) : decimal(x, digits);
  return text.replaceAll("-", "−").replace("e+", "e");
}

/** `toPrecision` without its switch to exponents: 1234 at two digits is 1200. */
function decimal(x: number, digits: number): string {
  const rounded = Number(x.toPrecision(digits));
  const whole = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return rounded.toFixed(Math.max(0, digits - whole));
}

/** A setting in the shortest form that reads back as the same number: 0.001, 32, 1e-8. */
export function formatSetting(x: number): string {
  return x !== 0 && Math.abs(x) < 1e-4 ? x.toExponential().replace("e+", "e") : String(x);
}

/** A whole number, from 10 000 on in groups of three apart by narrow spaces. */
export function formatCount(n: number): string {
  return n < 10_000 ? String(Math.floor(n)) : String(Math.floor(n)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** A tick of a log axis: 0.001, 1, 100, and 1e−4 or 1e5 where digits would not fit. */
export function formatPower(x: number): string {
  if (x >= 1e-3 && x < 1e4) return String(Number(x.toPrecision(2)));
  return x.toExponential(0).replace("-", "−").replace("e+", "e");
}

/** A step on a time axis: 300, 80k, 1M. */
export function formatStepTick(step: number): string {
  if (step >= 1e6 && step % 1e5 === 0) return `${step / 1e6}M`;
  return step >= 1e4 && step % 100 === 0 ? `${step / 1e3}k` : formatCount(step);
}

/** Characters that a tick has room for. */
const tickRoom = 6;

/**
 * A tick of a linear axis: the number itself, without the noise of floating point; 4e4 where digits would not fit, and
 * .00451 where one digit less does.
 */
export function formatTick(x: number): string {
  const exact = Number(x.toPrecision(6));
  const fits = x === 0 || (Math.abs(x) >= 1e-3 && Math.abs(x) < 1e4);
  const text = !fits ? exact.toExponential().replace("e+", "e") : String(exact);
  const short = text.length > tickRoom ? text.replace(/^(-?)0\./, "$1.") : text;
  return short.replaceAll("-", "−");
}

/** A step as it was set where that is short, else to three digits: 0.001, 0.662. */
export function formatStep(step: number): string {
  const setting = formatSetting(step);
  return setting.length <= 7 ? setting : formatNumber(step, 3);
}

/** How often one step size holds another: two digits where they are few, three where they fill the number anyway. */
export function formatRatio(ratio: number): string {
  return formatNumber(ratio, ratio < 10 || ratio >= 1e4 ? 2 : 3);
}
