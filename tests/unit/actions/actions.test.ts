import { expect, it, vi } from "vitest";
import { actions } from "../../../src/actions/actions";
import { actionFor } from "../../../src/actions/keys";
import { speeds } from "../../../src/actions/speeds";
import type { Action, Page } from "../../../src/actions/types";

it("actions have different keys, a label and a help text each", () => {
  const all = Object.values<Action>(actions);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  for (const { help, label } of all) expect([help.length > 10, label.length > 0]).toEqual([true, true]);
});

it("actionFor returns null where the focused element or the browser handles the key", () => {
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

it("faster and slower go through the speeds one by one and stop at both ends", () => {
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
