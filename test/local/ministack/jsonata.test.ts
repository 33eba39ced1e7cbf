import { expect } from "chai";
import { outputOf, run } from "./executions-support.ts";
import { BackendRefusal } from "./fake-backend.ts";
import { startTestCloud, type TestCloud } from "./test-cloud.ts";

describe("Step Functions JSONata", () => {
  let cloud: TestCloud;
  before(async () => {
    cloud = await startTestCloud();
  });
  after(() => cloud.stop());
  afterEach(() => cloud.backend.reset());

  /** What the expression yields in a Pass state. */
  const evaluate = (code: string, input: object = {}) =>
    outputOf(cloud, { Pass: { Type: "Pass", Output: `{% ${code} %}`, End: true } }, input);

  const table: [string, object, unknown][] = [
    ["$states.input.a + 1", { a: 2 }, 3],
    ["$states.context.Execution.Input.a", { a: 2 }, 2],
    ["$states.context.State.Name", {}, "Pass"],
    ["$states.context.State.RetryCount", {}, 0],
    ["$exists($states.input.b)", { a: 2 }, false],
    ["{'a': $states.input.a, 'b': $states.input.b}", { a: 2 }, { a: 2 }],
    ["$states.input.b", { b: null }, null],
    ["$type($states.input.b)", { b: null }, "null"],
    ["$contains($states.input.a, /Capacity|Internal/)", { a: "CapacityError: no" }, true],
    ["$merge([$states.input, {'b': 1}])", { a: 2 }, { a: 2, b: 1 }],
    ["[$states.input.stages, {'name': 'x'}]", { stages: [] }, [{ name: "x" }]],
    [
      "[$states.input.stages, {'name': 'y'}]",
      { stages: [{ name: "x" }] },
      [{ name: "x" }, { name: "y" }],
    ],
    [
      "$merge($states.input.l.{MetricName: Value})",
      {
        l: [
          { MetricName: "a:b", Value: 0.1 },
          { MetricName: "c", Value: 2 },
        ],
      },
      { "a:b": 0.1, c: 2 },
    ],
    ["$lookup($states.input, 'a:b')", { "a:b": 0.05 }, 0.05],
    [
      "$states.input.l[MetricName='validation:error'].Value",
      { l: [{ MetricName: "validation:error", Value: 0.05 }] },
      0.05,
    ],
    ["$keys($states.input)", { a: 1, b: 2 }, ["a", "b"]],
    ["$string($states.input.a) & '-x'", { a: 0.25 }, "0.25-x"],
    ["$round($states.input.a - 0.1, 4)", { a: 0.35 }, 0.25],
    ["$states.input.a in ['Failed', 'OutOfService']", { a: "Failed" }, true],
    ["$parse('{\"a\": [1, 2]}').a[1]", {}, 2],
    ["$toMillis('2024-01-02T03:04:05.678Z')", {}, 1704164645678],
    ["$fromMillis(1704164645678)", {}, "2024-01-02T03:04:05.678Z"],
    ["$states.input.a > 1e-3 ? 'above' : 'below'", { a: 0.01 }, "above"],
    ["$sum($states.input.a)", { a: [1, 2.5] }, 3.5],
    ["$count($keys($states.input.m)) > 0 ? 'some' : 'none'", { m: {} }, "none"],
  ];
  for (const [code, input, value] of table) {
    it(`evaluates ${code}`, async () => {
      expect(await evaluate(code, input)).to.deep.equal(value);
    });
  }

  it("gives the execution's identity and a start time that $toMillis reads", async () => {
    const output = (await outputOf(cloud, {
      Pass: {
        Type: "Pass",
        Output: {
          id: "{% $states.context.Execution.Id %}",
          name: "{% $states.context.Execution.Name %}",
          age: "{% $millis() - $toMillis($states.context.Execution.StartTime) %}",
          entered: "{% $millis() - $toMillis($states.context.State.EnteredTime) %}",
        },
        End: true,
      },
    })) as Record<string, string | number>;

    expect(output["id"]).to.match(/^arn:aws:states:us-east-2:000000000000:execution:machine-\d+:/);
    expect(output["id"]).to.contain(output["name"]);
    expect(output["age"]).to.be.within(0, 5000);
    expect(output["entered"]).to.be.within(0, 5000);
  });

  it("keeps variables across states and evaluates one state's assignments against the old ones", async () => {
    const output = await outputOf(cloud, {
      First: {
        Type: "Pass",
        Assign: { a: 1, b: "{% $states.input %}", nothing: null, list: [] },
        Next: "Second",
      },
      Second: { Type: "Pass", Assign: { a: "{% $a + 1 %}", b: "{% $a %}" }, Next: "Third" },
      Third: {
        Type: "Pass",
        Output: { a: "{% $a %}", b: "{% $b %}", nothing: "{% $nothing %}", list: "{% $list %}" },
        End: true,
      },
    });

    expect(output).to.deep.equal({ a: 2, b: 1, nothing: null, list: [] });
  });

  it("reads a task's result and arguments in Assign and Output", async () => {
    cloud.backend.answer("SageMaker.CreateModel", ({ ModelName }) => ({
      ModelArn: `arn/${ModelName}`,
    }));

    const output = await outputOf(
      cloud,
      {
        "Create Model": {
          Type: "Task",
          Resource: "arn:aws:states:::sagemaker:createModel",
          Arguments: {
            ModelName: "{% 'm-' & $states.input.title %}",
            PrimaryContainer: { Environment: { A: "plain" } },
          },
          Assign: { arn: "{% $states.result.ModelArn %}" },
          Output: { given: "{% $states.result.ModelArn %}", title: "{% $states.input.title %}" },
          Next: "Pass",
        },
        Pass: { Type: "Pass", Output: "{% $merge([$states.input, {'arn': $arn}]) %}", End: true },
      },
      { title: "t" },
    );

    expect(output).to.deep.equal({ given: "arn/m-t", title: "t", arn: "arn/m-t" });
    expect(cloud.backend.bodies("SageMaker.CreateModel")).to.deep.equal([
      { ModelName: "m-t", PrimaryContainer: { Environment: { A: "plain" } } },
    ]);
  });

  it("assigns and outputs what a Catch caught, with the retries counted", async () => {
    cloud.backend.answer(
      "SageMaker.CreateModel",
      () => new BackendRefusal("ResourceInUse", "taken"),
    );

    const output = await outputOf(
      cloud,
      {
        "Create Model": {
          Type: "Task",
          Resource: "arn:aws:states:::sagemaker:createModel",
          Arguments: { ModelName: "{% 'a' & $string($states.context.State.RetryCount) %}" },
          Retry: [
            {
              ErrorEquals: ["SageMaker.ResourceInUseException"],
              IntervalSeconds: 1,
              MaxAttempts: 2,
              BackoffRate: 2,
              MaxDelaySeconds: 1,
              JitterStrategy: "FULL",
            },
          ],
          Catch: [
            { ErrorEquals: ["SageMaker.Other"], Next: "Never" },
            {
              ErrorEquals: ["States.ALL"],
              Assign: {
                failure: { name: "ModelCreationFailed", caught: "{% $states.errorOutput %}" },
                retries: "{% $states.context.State.RetryCount %}",
              },
              Output: { error: "{% $states.errorOutput.Error %}", was: "{% $states.input %}" },
              Next: "Report",
            },
          ],
          Next: "Never",
        },
        Never: { Type: "Fail" },
        Report: {
          Type: "Pass",
          Output: "{% $merge([$states.input, {'failure': $failure, 'retries': $retries}]) %}",
          End: true,
        },
      },
      { title: "t" },
    );

    expect(output).to.deep.include({
      error: "SageMaker.ResourceInUseException",
      was: { title: "t" },
      retries: 2,
    });
    expect(output).to.have.nested.property("failure.name", "ModelCreationFailed");
    expect(output).to.have.nested.property(
      "failure.caught.Error",
      "SageMaker.ResourceInUseException",
    );
    const names = cloud.backend.bodies("SageMaker.CreateModel").map(({ ModelName }) => ModelName);
    expect(names).to.deep.equal(["a0", "a1", "a2"]);
  });

  it("chooses by conditions, with assignments of the rule or of the default", async () => {
    const choose = (value: number) =>
      outputOf(
        cloud,
        {
          Choose: {
            Type: "Choice",
            Choices: [
              {
                Condition: "{% $states.input.value > 0.1 %}",
                Assign: { gate: { accepted: false, by: "{% $states.input.value - 0.1 %}" } },
                Next: "Report",
              },
            ],
            Assign: { gate: { accepted: true } },
            Default: "Report",
          },
          Report: { Type: "Pass", Output: "{% $gate %}", End: true },
        },
        { value },
      );

    expect(await choose(0.6)).to.deep.equal({ accepted: false, by: 0.5 });
    expect(await choose(0.05)).to.deep.equal({ accepted: true });
  });

  it("waits for computed seconds, scaled", async () => {
    const startedAt = performance.now();

    const output = await outputOf(
      cloud,
      {
        Wait: {
          Type: "Wait",
          Seconds: "{% $min([$states.input.looks + 4, 15]) %}",
          Assign: { looks: "{% $states.input.looks + 1 %}" },
          Next: "Report",
        },
        Report: { Type: "Pass", Output: "{% $looks %}", End: true },
      },
      { looks: 6 },
    );

    expect(output).to.equal(7);
    expect(performance.now() - startedAt).to.be.within(200, 8000); // ten seconds, times the scale of this ministack: not ten
  });

  it("fails on a value that is undefined", async () => {
    const { error } = await run(cloud, {
      Pass: { Type: "Pass", Output: { a: "{% $states.input.missing %}" }, End: true },
    });

    expect(error).to.equal("States.QueryEvaluationError");
  });
});
