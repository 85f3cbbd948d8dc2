import { expect, it, vi } from "vitest";
import { actions } from "../../../src/actions/actions";
import { actionFor } from "../../../src/actions/keys";
import { runAction } from "../../../src/actions/runAction";
import { speeds } from "../../../src/actions/speeds";
import type { Action, Page } from "../../../src/actions/types";

it("actions have different keys, a label and a help text each", () => {
  const all = Object.values<Action>(actions);
  expect(new Set(all.map(({ key }) => key)).size).toBe(all.length);
  for (const { help, label } of all) expect([help.length > 10, label.length > 0]).toEqual([true, true]);
});

const noModifiers = { code: "", shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

it("actionFor finds the action with Caps Lock, on other alphabets and on keyboards that type digits with Shift", () => {
  const press = (key: string, code: string, modifiers = {}) =>
    actionFor({ ...noModifiers, key, code, target: null, ...modifiers }, actions);
  // Caps Lock.
  expect(press("P", "KeyP")?.action).toBe(actions.present);
  expect(press("Z", "KeyZ", { ctrlKey: true })?.action).toBe(actions.undo);
  expect(press("z", "KeyZ", { ctrlKey: true, shiftKey: true })?.action).toBe(actions.redo);
  // Cyrillic, Greek and Hebrew letters, and Arabic digits.
  expect(press("з", "KeyP")?.action).toBe(actions.present);
  expect(press("π", "KeyP")?.action).toBe(actions.present);
  expect(press("я", "KeyZ", { ctrlKey: true })?.action).toBe(actions.undo);
  expect(press("٣", "Digit3")).toEqual({ action: actions.chart, key: "3" });
  // A French keyboard types & and é on the keys of 1 and 2.
  expect(press("&", "Digit1")).toEqual({ action: actions.chart, key: "1" });
  expect(press("é", "Digit2")).toEqual({ action: actions.chart, key: "2" });
  // Letters of a Latin keyboard count as they are printed, in every layout.
  expect(press("q", "KeyA")?.action).toBe(actions.probes);
  expect(press("q", "KeyA")?.action).not.toBe(press("a", "KeyQ")?.action);
});

it("actionFor returns null where the focused element or the browser handles the key", () => {
  /** An element that matches these simple selectors. */
  const focused = (...selectors: string[]) =>
    ({
      closest: (list: string) => (selectors.some((one) => list.split(", ").includes(one)) ? {} : null),
    }) as unknown as Element;
  const press = (key: string, target: Element | null, modifiers = {}) =>
    actionFor({ ...noModifiers, key, target, ...modifiers }, actions)?.action ?? null;
  expect(press(" ", null)).toBe(actions.play);
  expect(press(" ", focused("button"))).toBeNull();
  expect(press("f", focused("button"))).toBe(actions.faster);
  expect(press("f", focused("select"))).toBeNull();
  expect(press("ArrowRight", focused("input"))).toBeNull();
  expect(press("ArrowRight", focused("[role=application]"))).toBeNull();
  expect(press("r", null, { ctrlKey: true })).toBeNull();
  expect(press("#", null)).toBeNull();
});

it("runAction shows the reason in place of an action that needs the network, only where the run is recorded", () => {
  const [notify, openSchedule, setSpeed] = [vi.fn(), vi.fn(), vi.fn()];
  let recording: object | null = null;
  const session = { store: { getState: () => ({ recording, speed: 60 }) }, notify, setSpeed };
  const page = { session, openSchedule } as unknown as Page;
  runAction(actions.schedule, page);
  expect([openSchedule, notify].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
  recording = {};
  runAction(actions.schedule, page);
  runAction(actions.faster, page);
  expect([openSchedule, setSpeed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  const text = "This recorded run has measurements and no network: its settings cannot change.";
  expect(notify.mock.calls).toEqual([["info", text]]);
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
