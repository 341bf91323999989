import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reaches } from "../../../src/signal/windows.js";

const size = (max: number) => fc.integer({ min: 1, max });

test("taps and shared taps are those of counting every output and tap", () => {
  fc.assert(
    fc.property(
      size(20),
      size(6),
      size(4),
      fc.integer({ min: 0, max: 3 }),
      size(3),
      (inputs, kernel, stride, padding, dilation) => {
        const outputs = Math.floor((inputs + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
        fc.pre(outputs > 0);
        const meets = (output: number, tap: number) => {
          const at = output * stride - padding + tap * dilation;
          return at >= 0 && at < inputs;
        };
        let [pairs, shared] = [0, 0];
        for (let tap = 0; tap < kernel; tap++)
          for (let one = 0; one < outputs; one++) {
            if (meets(one, tap)) pairs++;
            for (let other = 0; other < outputs; other++) if (meets(one, tap) && meets(other, tap)) shared++;
          }
        const [forward, backward] = reaches(inputs, outputs, { kernel, stride, padding, dilation });
        assert.ok(Math.abs(forward.taps - pairs / outputs) < 1e-9);
        assert.ok(Math.abs(forward.shared - shared / outputs ** 2) < 1e-9);
        assert.ok(Math.abs(backward.taps * inputs - forward.taps * outputs) < 1e-9);
      },
    ),
  );
});
