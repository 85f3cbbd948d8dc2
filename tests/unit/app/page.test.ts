import { expect, it, vi } from "vitest";
import { actions } from "../../../src/actions/actions";
import { actionFor } from "../../../src/actions/keys";
import { speeds } from "../../../src/actions/speeds";
import type { Action, Page } from "../../../src/actions/types";
import { defaultRecipe } from "../../../src/core/recipe/controls";
import { networkSummary } from "../../../src/features/settings/networkSummary";
import { stepAtEpoch } from "../../../src/features/transport/epochs";

it("finds the step at which an epoch is done", () => {
  const at = (step: number, epoch: number, batchSize = 32) => ({
    step,
    epoch,
    recipe: defaultRecipe,
    settings: { ...defaultRecipe, batchSize },
  });
  expect(stepAtEpoch(at(0, 0), 100)).toBe(3200);
  expect(stepAtEpoch(at(32, 1), 2)).toBe(64);
  expect(stepAtEpoch(at(1, 0.032), 1)).toBe(32);
  expect(stepAtEpoch(at(237, 7 + (13 * 32) / 1000), 8)).toBe(256);
  expect(stepAtEpoch(at(0, 0, 5000), 3)).toBe(3);
  expect(stepAtEpoch(at(64, 2), 2)).toBeLessThanOrEqual(64);
});

it("has one key for each action, and says what each does", () => {
  const all = Object.values<Action>(actions);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  for (const { help, label } of all) expect([help.length > 10, label.length > 0]).toEqual([true, true]);
});

it("leaves a key to what is focused, or to the browser", () => {
  /** An element that matches these simple selectors. */
  const focused = (...selectors: string[]) =>
    ({
      closest: (list: string) => (selectors.some((one) => list.split(", ").includes(one)) ? {} : null),
    }) as unknown as Element;
  const press = (key: string, target: Element | null, modifiers = {}) =>
    actionFor({ key, altKey: false, ctrlKey: false, metaKey: false, target, ...modifiers }, actions);
  expect(press(" ", null)).toBe(actions.play);
  expect(press(" ", focused("button"))).toBeNull();
  expect(press("f", focused("button"))).toBe(actions.faster);
  expect(press("f", focused("select"))).toBeNull();
  expect(press("ArrowRight", focused("input"))).toBeNull();
  expect(press("ArrowRight", focused("[role=application]"))).toBeNull();
  expect(press("r", null, { ctrlKey: true })).toBeNull();
  expect(press("x", null)).toBeNull();
});

it("goes through the speeds one by one and stays at the ends", () => {
  let speed = 60;
  const session = { store: { getState: () => ({ speed }) }, setSpeed: vi.fn((next: number) => (speed = next)) };
  const page = { session, openHelp: () => {} } as unknown as Page;
  const visited = speeds.map(() => {
    actions.faster.run(page);
    return speed;
  });
  expect(visited.slice(0, 3)).toEqual([200, 1000, Number.POSITIVE_INFINITY]);
  for (const _ of speeds) actions.slower.run(page);
  expect(speed).toBe(1);
});

it("says in a line what is trained", () => {
  expect(networkSummary(defaultRecipe)).toBe("10-5-1, ReLU · noise, 1000 rows");
  expect(networkSummary({ ...defaultRecipe, hidden: [] })).toBe("10-1, linear · noise, 1000 rows");
});
