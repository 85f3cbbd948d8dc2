/** The weight of the past in the running mean: about the last 20 losses. */
const decay = 0.95;
/** Losses before the bound applies: the mean of fewer losses depends on the minibatch. */
const warmUp = 10;
/** The bound, as a multiple of the least mean. */
const factor = 4;

/**
 * Finds the step at which training explodes: the running mean of the minibatch loss is above 4 times its least value so far, as
 * in the range test of fastai. A mean, because single losses of small minibatches differ by more than that.
 */
export class Explosion {
  #sum = 0;
  #weight = 0;
  #count = 0;
  #least = Number.POSITIVE_INFINITY;

  /** Adds the loss of a step. @returns whether training has exploded */
  add(loss: number): boolean {
    this.#sum = decay * this.#sum + (1 - decay) * loss;
    this.#weight = decay * this.#weight + (1 - decay);
    this.#count++;
    const mean = this.#sum / this.#weight;
    if (this.#count < warmUp) return false;
    this.#least = Math.min(this.#least, mean);
    return !(mean <= factor * this.#least);
  }
}
