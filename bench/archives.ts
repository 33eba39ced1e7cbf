import { strToU8, zipSync } from "fflate";
import { handlerNames, handlerSource } from "../components/function-bundle.ts";
import { printFigure } from "./table.ts";

const limitKb = 400;

/** Size of each Lambda archive. */
export async function benchArchives(): Promise<void> {
  console.log(`\nLambda archives (limit ${limitKb} kB)`);
  for (const name of handlerNames) {
    const { length } = zipSync({ "index.mjs": strToU8(handlerSource(name)) });
    printFigure(name, `${(length / 1000).toFixed(0)} kB`);
  }
}
