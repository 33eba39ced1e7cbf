/**
 * Whole numbers from 0 up to but without `limit`, the same sequence for the same seed: sfc32 of PractRand, whose 128 bits of
 * state outlast any number of resamples.
 */
export function randomIntegers(seed: number): (limit: number) => number {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = seed | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 15; i++) next(); // until the seed is in every bit
  return (limit) => Math.floor((next() / 4_294_967_296) * limit);
}
