import { execFileSync } from "node:child_process";
import { BatchStopJobRunCommand, GetJobRunsCommand } from "@aws-sdk/client-glue";
import { expect } from "chai";
import { zipSync } from "fflate";
import { churnCsv } from "../../../local/sample-data/churn.ts";
import { failureOf } from "../../support/failure-of.ts";
import { bucket, etlLibrary, etlScript, GlueCloud, runArguments } from "./glue-cloud.ts";

/** Waits inside of a Spark job, so that ending it takes ending Java's work too. */
const endlessScript = `
import sys, time
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.range(3).write.csv("s3://${bucket}/endless/")
print("waiting", flush=True)
time.sleep(600)
`;

describe("job runs of the local Glue", () => {
  let cloud: GlueCloud;
  before(async () => {
    cloud = await GlueCloud.start();
    await cloud.service.warmUp();
  });
  after(() => cloud.stop());

  const workers = () => processesWith("spark_worker", cloud.context.stateDir);

  describe("with the churn ETL", () => {
    before(async () => {
      await cloud.put("code/lib.zip", await etlLibrary());
      await cloud.createJob("etl", await etlScript("churn"), {
        DefaultArguments: {
          "--extra-py-files": `s3://${bucket}/code/lib.zip`,
          "--custom-logGroup-prefix": "/test/etl",
        },
      });
    });

    it("writes splits and report into S3, and logs under the job's groups", async () => {
      await cloud.put("input/good 1.csv", churnCsv({ rows: 500 }));

      const run = await cloud.run("etl", runArguments("good 1"));

      expect(run).to.include({ JobRunState: "SUCCEEDED", LogGroupName: "/test/etl" });
      expect(run.ExecutionTime).to.be.at.least(1);
      const { rows, columns } = JSON.parse(await cloud.get("output/good 1/etl.json"));
      expect(rows.read).to.equal(500);
      expect(columns).to.have.length(70);
      for (const split of ["train", "validate", "test"]) {
        const keys = await cloud.keys(`output/good 1/${split}/`);
        for (const key of keys) expect(key).to.match(/\/part-[^/]*\.csv$/);
        const parts = await Promise.all(keys.map((key) => cloud.get(key)));
        const lines = parts.join("").trim().split("\n");
        expect(lines).to.have.length(rows[split]);
        expect(new Set(lines.map((line) => line.split(",").length))).to.deep.equal(new Set([70]));
      }
      expect(await cloud.logged("/test/etl/output", run.Id as string)).to.include(
        `rows: ${JSON.stringify(rows).replaceAll(":", ": ").replaceAll(",", ", ")}`,
      );
    });

    it("gives the same bytes for the same input, over what an earlier run left", async () => {
      await cloud.put("input/again.csv", churnCsv({ rows: 300, seed: 5 }));
      const contents = async () => {
        await cloud.run("etl", runArguments("again"));
        const keys = await cloud.keys("output/again/train/part-");
        return { keys, content: (await Promise.all(keys.map((key) => cloud.get(key)))).join("") };
      };

      const first = await contents();
      const second = await contents();

      expect(second.content).to.equal(first.content);
      expect(second.keys).not.to.deep.equal(first.keys);
      expect(second.keys).to.have.length(first.keys.length);
    });

    it("fails with row, column and value, and leaves S3 as it was", async () => {
      const lines = churnCsv({ rows: 200 }).split("\n");
      lines[6] = (lines[6] as string).replace(/^../, "ZZ");
      await cloud.put("input/broken.csv", lines.join("\n"));

      const run = await cloud.run("etl", runArguments("broken"));

      expect(run.JobRunState).to.equal("FAILED");
      expect(run.ErrorMessage).to.match(
        /^Error Category: UNCLASSIFIED_ERROR; Failed Line Number: \d+; InputError: /,
      );
      expect(run.ErrorMessage).to.contain("row 7, column 'State': 'ZZ'");
      expect(await cloud.keys("output/broken/")).to.deep.equal([]);
      const errors = await cloud.logged("/test/etl/error", run.Id as string);
      expect(errors[0]).to.equal("Traceback (most recent call last):");
    });
  });

  it("runs each script afresh: modules, arguments, working directory, Hadoop settings", async () => {
    await cloud.createJob(
      "fresh",
      `
import os, sys
from pyspark.context import SparkContext
import json
sc = SparkContext()
hadoop = sc._jsc.hadoopConfiguration()
print(json.dumps([getattr(json, "mark", None), hadoop.get("mark"), os.listdir("."), sys.argv[1:3]]))
json.mark = "left"
hadoop.set("mark", "left")
open("left.txt", "w").close()
sys.exit(0)
`,
    );

    const first = await cloud.run("fresh", { "--X": "1" });
    const second = await cloud.run("fresh", { "--X": "2" });

    expect([first.JobRunState, second.JobRunState]).to.deep.equal(["SUCCEEDED", "SUCCEEDED"]);
    expect(await cloud.logged("/aws-glue/jobs/output", first.Id as string)).to.deep.equal([
      '[null, null, [], ["--X", "1"]]',
    ]);
    expect(await cloud.logged("/aws-glue/jobs/output", second.Id as string)).to.deep.equal([
      '[null, null, [], ["--X", "2"]]',
    ]);
  });

  it("leaves nothing of a run's data and settings in Spark for the next one", async () => {
    await cloud.createJob(
      "tidy",
      `
import json, sys
from pyspark import SparkConf, SparkContext
from pyspark.sql import SparkSession
own = "--OWN_SETTINGS" in sys.argv
sc = SparkContext(conf=SparkConf().set("spark.default.parallelism", "7")) if own else SparkContext()
spark = SparkSession(sc)
print(json.dumps([
    sc.defaultParallelism == 7,
    spark.conf.get("spark.sql.session.timeZone") == "Asia/Tokyo",
    [table.name for table in spark.catalog.listTables("default")],
    spark.catalog._jcatalog.tableExists("global_temp.seen"),
    len(sc._jsc.getPersistentRDDs()),
]))
spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo")
frame = spark.range(3).cache()
frame.count()
frame.createGlobalTempView("seen")
if "--TABLE" in sys.argv:
    frame.write.saveAsTable("left")
`,
    );

    const seen: string[] = [];
    for (const args of [{}, { "--TABLE": "1" }, {}, { "--OWN_SETTINGS": "1" }, {}]) {
      const run = await cloud.run("tidy", args as Record<string, string>);
      expect(run.ErrorMessage).to.equal(undefined);
      seen.push(...(await cloud.logged("/aws-glue/jobs/output", run.Id as string)));
    }

    const clean = "[false, false, [], false, 0]";
    expect(seen).to.deep.equal([clean, clean, clean, "[true, false, [], false, 0]", clean]);
  });

  it("lets Java collect what a run held", async () => {
    await cloud.createJob(
      "holder",
      `
from py4j.java_gateway import JavaObject
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
gateway = spark._sc._gateway
objects = JavaObject("GATEWAY_SERVER", gateway._gateway_client).getGateway().getBindings()
print(objects.size() < 500)
kept = [spark.range(3)._jdf for _ in range(500)]
print(objects.size() < 500)
`,
    );

    const seen: string[] = [];
    for (let i = 0; i < 2; i += 1) {
      const run = await cloud.run("holder");
      seen.push(...(await cloud.logged("/aws-glue/jobs/output", run.Id as string)));
    }

    expect(seen).to.deep.equal(["True", "False", "True", "False"]);
  });

  it("imports a run's own library, on Spark's side too", async () => {
    await cloud.createJob(
      "library",
      `
import version
from pyspark.sql import SparkSession, functions as F
def of_worker(_):
    import version
    return version.number
spark = SparkSession.builder.getOrCreate()
frame = spark.range(1).select(F.udf(of_worker, "int")("id").alias("n"))
print(version.number, frame.collect()[0].n)
`,
      { DefaultArguments: { "--extra-py-files": `s3://${bucket}/code/version.zip` } },
    );

    const seen: string[] = [];
    for (const number of [1, 2]) {
      const source = new TextEncoder().encode(`number = ${number}`);
      await cloud.put("code/version.zip", zipSync({ "version.py": source }));
      const run = await cloud.run("library");
      expect(run.ErrorMessage).to.equal(undefined);
      seen.push(...(await cloud.logged("/aws-glue/jobs/output", run.Id as string)));
    }

    expect(seen).to.deep.equal(["1 1", "2 2"]);
  });

  it("goes on after a run that failed before Spark fetched its library", async () => {
    await cloud.put("code/early.zip", zipSync({ "early.py": new TextEncoder().encode("n = 1") }));
    const count =
      "from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().range(9).count()\n";
    await cloud.createJob(
      "early",
      "from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate()\nraise ValueError('no')\n",
      {
        DefaultArguments: { "--extra-py-files": `s3://${bucket}/code/early.zip` },
      },
    );
    await cloud.createJob("later", count);

    // more than there are Spark processes, so that each meets the failure
    for (let i = 0; i < 2; i++) expect((await cloud.run("early")).JobRunState).to.equal("FAILED");
    for (let i = 0; i < 2; i++) expect((await cloud.run("later")).ErrorMessage).to.equal(undefined);
  });

  const failures: [string, string, string | RegExp][] = [
    [
      "an import that fails",
      "import os\nimport no_such_module\n",
      "Error Category: IMPORT_ERROR; Failed Line Number: 2; ModuleNotFoundError: No module named 'no_such_module'",
    ],
    [
      "an argument that is missing",
      "import sys\nfrom awsglue.utils import getResolvedOptions\ngetResolvedOptions(sys.argv, ['MISSING'])\n",
      /^Error Category: INVALID_ARGUMENT_ERROR; Failed Line Number: 3; GlueArgumentError: .*--MISSING/,
    ],
    [
      "an exit status",
      "import sys\nsys.exit(3)\n",
      /^Error Category: SYSTEM_EXIT_ERROR;.*SystemExit: 3$/,
    ],
    [
      "a query that does not fit",
      "from pyspark.sql import SparkSession\nSparkSession.builder.getOrCreate().range(1).select('nothing')\n",
      /^Error Category: QUERY_ERROR; Failed Line Number: 2; AnalysisException: /,
    ],
    ["a process that ends by itself", "import os\nos._exit(9)\n", /ended with status 9$/],
    [
      "what the local awsglue lacks",
      "from awsglue.context import GlueContext\nfrom pyspark.context import SparkContext\nGlueContext(SparkContext.getOrCreate()).create_dynamic_frame.from_catalog()\n",
      /create_dynamic_frame.from_catalog is not supported/,
    ],
  ];
  for (const [i, [what, script, message]] of failures.entries()) {
    it(`reports ${what}`, async () => {
      await cloud.createJob(`failure-${i}`, script);

      const run = await cloud.run(`failure-${i}`);

      expect(run.JobRunState).to.equal("FAILED");
      if (typeof message === "string") expect(run.ErrorMessage).to.equal(message);
      else expect(run.ErrorMessage).to.match(message);
    });
  }

  it("reports a script that is not there", async () => {
    const Command = { Name: "glueetl", ScriptLocation: `s3://${bucket}/code/none.py` };
    await cloud.createJob("scriptless", "pass", { Command });

    const run = await cloud.run("scriptless");

    expect(run).to.include({
      JobRunState: "FAILED",
      ErrorMessage: `LAUNCH ERROR | S3 Not Found: s3://${bucket}/code/none.py`,
    });
  });

  it("runs at most MaxConcurrentRuns at a time, and stops one that is asked to stop", async () => {
    await cloud.createJob("endless", endlessScript);
    const id = await cloud.startRun("endless");

    const refused = await failureOf(cloud.startRun("endless"));
    const running = await cloud.runWhen("endless", id, (run) => run.JobRunState === "RUNNING");
    await cloud.whenLogged("/aws-glue/jobs/output", id, "waiting");
    const before = workers();
    const stop = { JobName: "endless", JobRunIds: [id, "jr_none"] };
    const answer = await cloud.glue.send(new BatchStopJobRunCommand(stop));
    const run = await cloud.ended("endless", id);

    expect(refused.name).to.equal("ConcurrentRunsExceededException");
    expect(answer.SuccessfulSubmissions).to.deep.equal([{ JobName: "endless", JobRunId: id }]);
    expect(answer.Errors?.map((error) => error.ErrorDetail?.ErrorCode)).to.deep.equal([
      "EntityNotFoundException",
    ]);
    expect(running).not.to.have.property("CompletedOn");
    expect(run.JobRunState).to.equal("STOPPED");
    expect(before).not.to.deep.equal([]);
    expect(before.filter((pid) => workers().includes(pid))).to.deep.equal([]);
    expect(await cloud.keys("endless/")).to.deep.equal([]);
    expect(await cloud.workFiles("work")).to.deep.equal([]);
    const again = await cloud.glue.send(new BatchStopJobRunCommand({ ...stop, JobRunIds: [id] }));
    expect(again.Errors?.[0]?.ErrorDetail?.ErrorCode).to.equal("JobRunInTerminalStateException");
  });

  it("gives Spark a heap by the worker type, and fails a run that needs more", async () => {
    const script =
      "from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n" +
      "heap = spark._jvm.java.lang.Runtime.getRuntime().maxMemory() // 2**20\n" +
      "print('about 4 GB' if 3500 < heap <= 4096 else heap)\n";
    const large = `${script}spark.sql("select repeat('x', 700000000) as text").collect()`;
    await cloud.createJob("heap", script, { WorkerType: "G.2X" });
    await cloud.createJob("small-heap", large, { WorkerType: "G.025X" });

    const fits = await cloud.run("heap");
    const failed = await cloud.run("small-heap");

    expect(fits.JobRunState).to.equal("SUCCEEDED");
    expect(await cloud.logged("/aws-glue/jobs/output", fits.Id as string)).to.deep.equal([
      "about 4 GB",
    ]);
    expect(failed.JobRunState).to.equal("FAILED");
    expect(failed.ErrorMessage).to.match(/G\.025X.*512 MB.*java\.lang\.OutOfMemoryError/s);
  });

  it("ends a run at its timeout, and the next one finds a new Spark", async () => {
    await cloud.createJob("late", endlessScript, { Timeout: 1 });
    await cloud.createJob("after", "print('fine')");

    const late = await cloud.run("late");
    const after = await cloud.run("after");

    expect(late.JobRunState).to.equal("TIMEOUT");
    expect(late.ErrorMessage).to.contain("1 minutes");
    expect(after.JobRunState).to.equal("SUCCEEDED");
  });

  it("fails a run whose Spark is killed, and goes on with another", async () => {
    await cloud.createJob("killed", endlessScript);
    await cloud.createJob("survivor", "print('fine')");
    const id = await cloud.startRun("killed");
    await cloud.whenLogged("/aws-glue/jobs/output", id, "waiting");

    for (const pid of workers()) process.kill(pid, "SIGKILL");
    const killed = await cloud.ended("killed", id);
    const survivor = await cloud.run("survivor");

    expect(killed.JobRunState).to.equal("FAILED");
    expect(killed.ErrorMessage).to.contain("the Spark process ended with");
    expect(survivor.JobRunState).to.equal("SUCCEEDED");
    expect(await cloud.workFiles("workers")).to.have.length(1);
  });

  it("runs jobs side by side, more of them than Spark processes", async () => {
    await cloud.createJob("many", "import os\nprint(os.getpid())", {
      ExecutionProperty: { MaxConcurrentRuns: 5 },
    });

    const ids = await Promise.all(Array.from({ length: 5 }, () => cloud.startRun("many")));
    const runs = await Promise.all(ids.map((id) => cloud.ended("many", id)));
    const { JobRuns: listed = [] } = await cloud.glue.send(
      new GetJobRunsCommand({ JobName: "many" }),
    );

    expect(runs.map((run) => run.JobRunState)).to.deep.equal(Array(5).fill("SUCCEEDED"));
    expect(listed.map((run) => run.Id)).to.have.members(ids);
  });

  it("fails what was in progress when the local cloud ended, and leaves no process", async () => {
    await cloud.createJob("interrupted", endlessScript);
    const id = await cloud.startRun("interrupted");
    await cloud.whenLogged("/aws-glue/jobs/output", id, "waiting");

    await cloud.restart();

    const run = await cloud.ended("interrupted", id);
    expect(run.JobRunState).to.equal("FAILED");
    expect(run.ErrorMessage).to.contain("local cloud ended");
    expect(workers()).to.deep.equal([]);
    expect(await cloud.workFiles("work")).to.deep.equal([]);
    expect(await cloud.workFiles("workers")).to.deep.equal([]);
  });
});

/** Process ids, of this system, whose command lines hold all the parts. */
function processesWith(...parts: string[]): number[] {
  const listed = execFileSync("ps", ["-A", "-ww", "-o", "pid=,args="], { encoding: "utf8" });
  return listed
    .split("\n")
    .filter((line) => parts.every((part) => line.includes(part)))
    .map((line) => Number.parseInt(line, 10));
}
