/** Numbers from 0 up to 1, which is not among them. */
export type RandomNumbers = () => number;

/**
 * The generator sfc32 by Chris Doty-Humphrey, which passes PractRand; the same numbers for the same seed.
 * @param seed an integer
 */
export function randomNumbers(seed: number): RandomNumbers {
  let [a, b, c, counter] = [seed | 0, (seed / 2 ** 32) | 0, 0x9e3779b9 | 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Seeds that are close begin alike: their first numbers are thrown away.
  for (let i = 0; i < 12; i++) next();
  return next;
}
