import { preview } from "vite";

/** Serves the built page on a free port for as long as the tests run. */
export default async function serve(): Promise<() => Promise<void>> {
  const server = await preview({ preview: { port: 0, host: "127.0.0.1" }, logLevel: "warn" });
  const address = server.httpServer.address();
  if (address === null || typeof address === "string") throw new Error("The preview server has no port.");
  process.env.ALPHASCOPE_URL = `http://127.0.0.1:${address.port}/`;
  return () => server.close();
}
