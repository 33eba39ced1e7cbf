import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { freePort } from "../../../local/free-port.ts";
import { pythonOf } from "../../../local/images/image-store.ts";
import { answersPing } from "../../../local/sagemaker/hosting/container-ping.ts";

const folder = fileURLToPath(new URL("../../../containers/sklearn-regressor", import.meta.url));

/** Rows of label and two features that the label follows from. */
function rows(count: number): string {
  return Array.from({ length: count }, (_, row) => {
    const [a, b] = [(row * 37) % 100, (row * 13) % 7];
    return `${2 * a + 5 * b},${a},${b}`;
  }).join("\n");
}

// As in its image: the programs are all that SageMaker knows of it.
describe("the example of a container of one's own", () => {
  let base: string;
  let path: string;

  before(async () => {
    path = [dirname(await pythonOf(folder, "example")), "/usr/bin", "/bin"].join(delimiter);
  });

  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), "opt-ml-"));
    for (const part of ["input/config", "input/data/train", "input/data/validation", "model"]) {
      await mkdir(join(base, part), { recursive: true });
    }
    await configure({ max_iter: "60" });
    await writeFile(join(base, "input/data/train/part-0.csv"), rows(300));
    await writeFile(join(base, "input/data/train/part-1.csv"), rows(100));
    await writeFile(join(base, "input/data/validation/part-0.csv"), rows(50));
  });

  afterEach(() => rm(base, { recursive: true }));

  const configure = (hyperparameters: object) =>
    writeFile(join(base, "input/config/hyperparameters.json"), JSON.stringify(hyperparameters));

  function run(program: "train" | "serve", env: Record<string, string> = {}): ChildProcess {
    return spawn(join(folder, program), {
      env: { PATH: path, SAGEMAKER_BASE_DIR: base, PYTHONDONTWRITEBYTECODE: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  async function train() {
    const child = run("train");
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (part) => (output += part));
    const code = await new Promise((resolve) => child.once("close", resolve));
    const failure = join(base, "output/failure");
    return { code, output, failure: existsSync(failure) ? await readFile(failure, "utf8") : "" };
  }

  it("trains, prints what SageMaker reads, and writes a model", async () => {
    const { code, output } = await train();

    expect(code, output).to.equal(0);
    const rmse = Number(/validation:rmse=([0-9.e+-]+)/.exec(output)?.[1]);
    expect(rmse).to.be.within(0, 20);
    expect(existsSync(join(base, "model/model.joblib"))).to.equal(true);
  });

  for (const [what, prepare, reason] of [
    [
      "a hyperparameter that it does not know",
      () => configure({ depth: "3" }),
      "unknown hyperparameter depth",
    ],
    [
      "one that is no number",
      () => configure({ max_iter: "many" }),
      "max_iter is 'many': a whole number",
    ],
    [
      "a channel without data",
      () => rm(join(base, "input/data/validation/part-0.csv")),
      "channel validation has no rows",
    ],
    [
      "data with a header",
      () => writeFile(join(base, "input/data/train/part-0.csv"), "price,area\n1,2\n"),
      "part-0.csv is not CSV of numbers without a header",
    ],
    [
      "channels that differ",
      () => writeFile(join(base, "input/data/validation/part-0.csv"), "1,2\n3,4\n"),
      "channel train has 2 features, validation 1",
    ],
    [
      "files that differ",
      () => writeFile(join(base, "input/data/train/part-1.csv"), "1,2\n3,4\n"),
      "channel train has files of [2, 3] columns",
    ],
  ] as const) {
    it(`fails on ${what}, and says so`, async () => {
      await prepare();

      const { code, failure } = await train();

      expect(code).to.equal(1);
      expect(failure).to.contain(reason);
      expect(existsSync(join(base, "model/model.joblib"))).to.equal(false);
    });
  }

  it("serves predictions, refuses what is none of its rows, and ends when told to", async () => {
    await train();
    const port = await freePort();
    const server = run("serve", { SAGEMAKER_BIND_TO_PORT: String(port) });
    const ended = new Promise((resolve) => server.once("close", resolve));
    try {
      expect(await answersPing(port, AbortSignal.timeout(60_000))).to.equal(true);
      const ask = async (body: string, type = "text/csv") => {
        const url = `http://127.0.0.1:${port}/invocations`;
        const answer = await fetch(url, {
          method: "POST",
          body,
          headers: { "content-type": type },
        });
        return [answer.status, await answer.text()] as const;
      };

      const [status, text] = await ask("50,3\n10,1");
      expect(status).to.equal(200);
      const [first, second] = text.trim().split("\n").map(Number);
      expect(first).to.be.closeTo(115, 20);
      expect(second).to.be.closeTo(25, 20);
      expect(await ask("1,2,3")).to.deep.equal([400, "rows have 3 columns, the model 2"]);
      expect((await ask("a,b"))[0]).to.equal(400);
      expect((await ask(""))[0]).to.equal(400);
      expect((await ask("{}", "application/json"))[0]).to.equal(415);
    } finally {
      server.kill("SIGTERM");
    }
    expect(await ended).to.equal(0);
  });
});
