import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { findings } from "../axe";
import { advance, expect, load, rejection, set, status, test, trace } from "../fixtures";
import { recordingOf } from "./recordings";

const tensors = ["embed.weight", "block.attention.weight", "block.attention.bias", "head.weight"];
const sentence = (state: string) => `This recorded run has measurements and no network: ${state}.`;

/** Opens the file of a recorded run, made of the trace of a run on the page. */
async function openRecording(page: Page, steps: number) {
  // Along −g on a smooth loss nearly every step has a minimum ahead.
  await load(page, { rows: 64, hidden: [4], activation: "tanh", optimiser: "sgd", lr: 0.01 });
  await advance(page, steps);
  const recorded = await trace(page);
  await load(page, {});
  const buffer = Buffer.from(JSON.stringify(recordingOf(recorded, tensors)));
  const name = "gpt.json";
  await page
    .locator('input[type=file][aria-label="File to open"]')
    .setInputFiles({ name, mimeType: "application/json", buffer });
  await expect(page.getByText(`Opened ${name}, a recorded run, at its last step, ${steps}.`)).toBeVisible();
  return recorded;
}

test("a recorded run opens at its last step, with every chart of its columns and a sentence in every other panel", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  const recorded = await openRecording(page, 60);
  expect(await trace(page)).toEqual(recorded);
  expect(await status(page)).toMatchObject({ step: 60, state: "paused" });

  await expect(page.locator(".verdict .sentence")).toContainText("Muon stepped 0.01");
  for (const title of ["α* at every step", "Loss", "‖d‖ per tensor", "Slope and curvature", "Step ratio lr/α*"]) {
    const card = page.locator(".card.chart").filter({ has: page.getByRole("heading", { name: title, exact: false }) });
    await expect(card.locator("svg.recharts-surface").first(), title).toBeVisible();
  }
  await expect(page.locator(".legend").getByText("block.attention.b", { exact: true })).toBeVisible();
  for (const state of [
    "the loss along d cannot be computed",
    "its update cannot be shown",
    "its parameters and d are not in the file",
    "its settings cannot change",
  ]) {
    await expect(page.getByText(sentence(state)), state).toBeVisible();
  }
  await page.keyboard.press("q");
  await expect(page.getByText(sentence("no probe can be computed"))).toBeVisible();
  await expect(page.locator(".probe-answers svg.recharts-surface")).toBeVisible();
  await page.keyboard.press("q");
  await expect(page.getByRole("spinbutton", { name: /Learning rate/ }).or(page.locator("#control-lr"))).toBeDisabled();
  expect(await findings(page)).toEqual([]);
});

test("the recorded steps replay; commands that need the network name the reason; another run replaces the recorded run", async ({
  openPage,
}) => {
  const page = await openPage("cpu");
  const recorded = await openRecording(page, 40);
  await page.keyboard.press("ArrowRight");
  await expect(page.getByText(sentence("it ends at step 40"))).toBeVisible();
  for (let back = 0; back < 3; back++) await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => (await status(page)).step).toBe(37);
  await page.keyboard.press("Space");
  await expect.poll(async () => status(page)).toMatchObject({ step: 40, state: "paused" });
  expect(await trace(page)).toEqual(recorded);

  await page.keyboard.press("n");
  await expect(page.getByText(sentence("it has no phases of a step"))).toBeVisible();
  await page.keyboard.press("d");
  await expect(page.getByRole("dialog")).toBeHidden();
  expect(await rejection(set(page, { lr: 0.1 }))).toContain(sentence("its settings cannot change"));
  await page.keyboard.press("k");
  await expect(page.getByText("A link cannot contain the recorded run “a transformer”.")).toBeVisible();

  await page.getByRole("button", { name: "Close the file" }).click();
  await expect.poll(async () => (await status(page)).state).toBe("playing");
  await expect(page.getByRole("heading", { name: "Recorded run" })).toBeHidden();
});

test("a faulty recording is refused with the name of its field and keeps the run", async ({ openPage }) => {
  const page = await openPage("cpu");
  await load(page, { hidden: [3] });
  await advance(page, 5);
  const file = recordingOf(await trace(page), []);
  await page.locator('input[type=file][aria-label="File to open"]').setInputFiles({
    name: "bad.json",
    mimeType: "application/json",
    buffer: Buffer.from(JSON.stringify(file)),
  });
  await expect(page.getByText("bad.json: recording.tensors: found []; allowed: a list of 1 to 4096")).toBeVisible();
  expect(await status(page)).toMatchObject({ step: 5, state: "paused" });
});

test("the export menu saves alphascope.py, and of a recorded run the trace alone", async ({ openPage }) => {
  const page = await openPage("cpu");
  await openRecording(page, 10);
  await page.getByRole("button", { name: "Export", exact: true }).click();
  for (const name of [/^Run file/, /^PyTorch notebook/, /^Add as a scene/]) {
    await expect(page.getByRole("button", { name })).toBeDisabled();
  }
  const started = page.waitForEvent("download");
  await page.getByRole("button", { name: /^Trace/ }).click();
  expect((await started).suggestedFilename()).toBe("alphascope-a_transformer-step10.csv");
  await page.getByRole("button", { name: "Export", exact: true }).click();
  const python = page.waitForEvent("download");
  await page.getByRole("button", { name: /^alphascope\.py/ }).click();
  const source = new URL("../../../src/export/python/alphascope.py", import.meta.url);
  expect(readFileSync(await (await python).path(), "utf8")).toBe(readFileSync(source, "utf8"));
});
