import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { projectRoot } from "../local/setup/node-packages.mjs";
import { median, printFigure, seconds } from "./table.ts";

const repetitions = 3;

/** Whole-process seconds of evaluating the program under mocks, by the number of pipelines. */
export async function benchProgramEvaluation(): Promise<void> {
  console.log(`\nProgram evaluation under mocks (whole process, median of ${repetitions})`);
  const cache = await mkdtemp(join(tmpdir(), "retraining-compile-cache-"));
  try {
    for (const count of [1, 10, 100]) {
      const plain = await measure(count, [], {});
      const quick = await measure(count, ["--stack-trace-limit=0"], { NODE_COMPILE_CACHE: cache });
      const beside = `${seconds(quick.seconds)} with a compile cache and no stack traces`;
      printFigure(
        `${count} pipelines, ${plain.resources} resources`,
        seconds(plain.seconds),
        beside,
      );
    }
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

async function measure(count: number, flags: string[], env: Record<string, string>) {
  const times: number[] = [];
  let resources = "";
  for (let i = 0; i < repetitions; i += 1) {
    const started = performance.now();
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...flags, join(projectRoot, "bench/evaluate-program.ts"), String(count)],
      { env: { ...process.env, ...env } },
    );
    times.push((performance.now() - started) / 1000);
    resources = stdout.trim();
  }
  return { seconds: median(times), resources };
}
