/**
 * Writes f of each number: `runs` times `length` numbers from `from` to `to`, with a gap of `gap` numbers after each run of
 * `to`. f is 0: tanh, 1: the logistic function, 2: exp, 3: log. The functions are those of the page, so that
 * their bits are those of the plain loops.
 */
export declare function map(f: i32, from: usize, to: usize, length: i32, gap: i32, runs: i32): void;
