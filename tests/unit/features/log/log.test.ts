import { expect, it } from "vitest";
import { logOf, logText } from "../../../../src/features/log/log";
import { history } from "../../support/history";

/** Four batches an epoch. */
const run = (steps: number) =>
  history(
    steps,
    {
      epoch: (step) => Math.floor((step - 1) / 4),
      batchIndex: (step) => (step - 1) % 4,
      loss: (step) => step / 100,
      alphaStar: (step) => (step === 5 ? -1 : step / 10),
      verdict: (step) => (step === 5 ? 1 : step === 9 ? 2 : 0),
    },
    (step) => step,
  );

it("logOf prints the norms of d at the first batch of each epoch, with α*", () => {
  const entries = logOf(run(10), 10);
  expect(entries.map(({ epoch }) => epoch)).toEqual([2, 1, 0]);
  expect(entries[1]?.lines).toEqual([
    "Epoch 1, Batch 0: α* ≤ 0 (uphill)",
    "  fc1.weight: 5.0000",
    "  fc1.bias: 6.0000",
    "  fc2.weight: 7.0000",
    "  fc2.bias: 8.0000",
  ]);
  expect(entries[0]?.lines[0]).toBe("Epoch 2, Batch 0: α* none (concave)");
  expect(logOf(run(10), 2)).toHaveLength(2);
});

it("logText prints the loss of an epoch's last batch every ten epochs, after the end of the epoch", () => {
  const text = logText(run(44));
  expect(text.match(/Loss/g)).toHaveLength(1);
  expect(text).toContain("Epoch 0, Loss: 0.0400");
  expect(logText(run(45))).toContain("Epoch 10, Loss: 0.4400");
  expect(text.indexOf("Epoch 0,")).toBeLessThan(text.indexOf("Epoch 1,"));
});
