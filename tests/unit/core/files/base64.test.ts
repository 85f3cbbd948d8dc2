import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeFloat32, encodeFloat32 } from "../../../../src/core/files/base64";

test("decodeFloat32 returns the values that encodeFloat32 packs little-endian", () => {
  fc.assert(
    fc.property(fc.float32Array(), (values) => {
      const bytes = Buffer.alloc(4 * values.length);
      values.forEach((value, i) => {
        bytes.writeFloatLE(value, 4 * i);
      });
      expect(encodeFloat32(values)).toBe(bytes.toString("base64"));
      expect(decodeFloat32(bytes.toString("base64"))).toEqual(values);
    }),
  );
});

test("decodeFloat32 returns a million values that encodeFloat32 has packed", () => {
  const values = Float32Array.from({ length: 1_000_000 }, (_, i) => i / 7);
  const decoded = decodeFloat32(encodeFloat32(values)) ?? new Float32Array(0);
  // Compared as bytes: a deep comparison of so many numbers takes seconds.
  expect(Buffer.from(decoded.buffer).equals(Buffer.from(values.buffer))).toBe(true);
});

test.each(["%", "abcde", "AAAA!", "é", "AAA=", "AAAA"])("decodeFloat32 returns null for %j", (text) => {
  expect(decodeFloat32(text)).toBeNull();
});
