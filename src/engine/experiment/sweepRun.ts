import { median } from "d3-array";
import type { Start } from "../../core/data/start";
import type { RunSummary } from "../../core/experiment/runSummary";
import { verdicts } from "../../core/history/alpha";
import type { Recipe } from "../../core/recipe/recipe";
import type { Engine } from "../engine";
import { createEvaluator, type Evaluation } from "../evaluate";
import { Trainer } from "../trainer";

/** The loss on all rows is computed at this number of steps with about equal ratios. */
const curvePoints = 32;

/** The steps at which the loss on all rows is computed: from 1 to `steps`, denser at the beginning. */
function curveSteps(steps: number): number[] {
  const all = Array.from({ length: curvePoints }, (_, i) => Math.round(steps ** (i / (curvePoints - 1))));
  return [...new Set([...all, steps])].filter((step) => step >= 1 && step <= steps).sort((a, b) => a - b);
}

/** A run of a sweep on an engine of its own, trained in pieces. Its steps are those of the same recipe on the page. */
export class SweepRun {
  private readonly trainer: Trainer;
  private readonly evaluate: ReturnType<typeof createEvaluator>;
  private readonly own: number[] = [];
  private readonly next: number[] = [];
  private readonly curve: { step: number; loss: number }[] = [];
  private readonly ahead: number[];
  private lastLoss = Number.NaN;
  private diverged = false;

  constructor(engine: Engine, start: Start, recipe: Recipe, steps: number) {
    this.trainer = new Trainer(engine, start, recipe);
    this.evaluate = createEvaluator(start);
    this.ahead = curveSteps(steps);
  }

  /** Steps taken. */
  get step(): number {
    return this.trainer.checkpoint.step;
  }

  /** Takes steps for about `budgetMs`. @returns the summary once the run is complete, else null */
  async advance(budgetMs: number): Promise<RunSummary | null> {
    const end = performance.now() + budgetMs;
    let evaluation: Evaluation | null = null;
    while (!this.diverged && this.ahead.length > 0) {
      const left = end - performance.now();
      if (left <= 0) return null;
      await this.take(left);
      if (this.step !== this.ahead[0] && !this.diverged) continue;
      this.ahead.shift();
      evaluation = await this.evaluate(this.trainer.checkpoint.theta, async () => {});
      this.curve.push({ step: this.step, loss: evaluation.train.loss });
    }
    return evaluation && this.summary(evaluation);
  }

  private async take(budgetMs: number): Promise<void> {
    const { columns } = await this.trainer.advance((this.ahead[0] as number) - this.step, budgetMs);
    const { alphaStar, nextAlphaStar, verdict, nextVerdict, loss } = columns.metrics;
    for (let row = 0; row < columns.count; row++) {
      if (verdicts[verdict[row] as number] === "minimum") this.own.push(alphaStar[row] as number);
      if (verdicts[nextVerdict[row] as number] === "minimum") this.next.push(nextAlphaStar[row] as number);
    }
    this.lastLoss = loss[columns.count - 1] as number;
    this.diverged = verdicts[verdict[columns.count - 1] as number] === "diverged";
  }

  private summary({ train, held }: Evaluation): RunSummary {
    return {
      steps: this.step,
      diverged: this.diverged,
      lastLoss: this.lastLoss,
      train: { loss: train.loss, accuracy: train.accuracy },
      held: held && { loss: held.loss, accuracy: held.accuracy },
      alphaStar: median(this.own) ?? null,
      nextAlphaStar: median(this.next) ?? null,
      curve: this.curve,
    };
  }
}
