import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** A screen of an X server. */
export interface Display {
  /** The value of the variable DISPLAY. */
  readonly name: string;
  close(): void;
}

/** A virtual screen by Xvfb, on which browsers have WebGL and the same size on every machine. @throws where Xvfb does not start */
export async function openDisplay(): Promise<Display> {
  // Xvfb selects a free number and writes it to the file descriptor.
  const server = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "2000x1200x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  const [number] = await Promise.race([
    once(server.stdio[3] as Readable, "data") as Promise<[Buffer]>,
    once(server, "exit").then(() => Promise.reject(new Error("Xvfb did not start."))),
  ]);
  return { name: `:${number.toString().trim()}`, close: () => server.kill() };
}
