/** An AssemblyScript module, compiled by `src/build/wasmPlugin.ts`. */
declare module "*?wasm" {
  export const base64: string;
}
