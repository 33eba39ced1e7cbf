import { spawn } from "node:child_process";
import { projectRoot } from "../../../local/setup/node-packages.mjs";
import { interpreter } from "../../../local/setup/python-environments.mjs";

/** Runs every ETL script over the files of test/glue/malformed, one Spark for all: how many came out as they should, and the first that did not. */
export async function malformedFiles(): Promise<string> {
  const tests = "test/glue/test_malformed_files.py";
  const child = spawn(await interpreter("spark"), ["-m", "pytest", "--no-header", "-rf", tests], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  const count = (word: string) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(output.slice(-500))?.[1] ?? 0);
  const passed = count("passed");
  const all = passed + count("failed") + count("error");
  const [failed] = /^FAILED .*$/m.exec(output) ?? [];
  if (all === 0) throw new Error(`pytest did not run: ${output.slice(-2000)}`);
  return [`${passed} of ${all} as expected`, ...(failed === undefined ? [] : [failed])].join("; ");
}
