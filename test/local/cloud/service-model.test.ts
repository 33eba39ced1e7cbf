import { expect } from "chai";
import { patternOf } from "../../../local/cloud/java-pattern.ts";
import {
  inputError,
  loadServiceModel,
  type ServiceModel,
  validateInput,
  validateOutput,
} from "../../../local/cloud/service-model.ts";
import { interpreter } from "../../../local/setup/python-environments.mjs";

describe("AWS service models", () => {
  let python: string;
  let sagemaker: ServiceModel;

  before(async () => {
    python = await interpreter("cloud");
    sagemaker = loadServiceModel("sagemaker", python);
  });

  it("names the service that botocore does not have", () => {
    expect(() => loadServiceModel("sagemakr", python)).throw(
      /no botocore with a model of "sagemakr"/,
    );
  });

  it("finds every pattern of the services that we serve or call expressible", () => {
    for (const service of [
      "sagemaker",
      "sagemaker-runtime",
      "glue",
      "stepfunctions",
      "lambda",
      "events",
    ]) {
      for (const shape of Object.values(loadServiceModel(service, python).shapes)) {
        if (shape.pattern !== undefined) expect(patternOf(shape.pattern)).instanceOf(RegExp);
      }
    }
  });

  const model = { ModelName: "churn", ExecutionRoleArn: "arn:aws:iam::000000000000:role/serve" };
  const constraint = (path: string, value: string, rule: string) =>
    `Value ${value} at '${path}' failed to satisfy constraint: ${rule}`;
  const cases: [string, string, unknown, string[]][] = [
    ["a request that fits", "CreateModel", model, []],
    [
      "missing members, in lists too",
      "CreateModel",
      { Tags: [{ Key: "a" }] },
      [
        constraint("modelName", "null", "Member must not be null"),
        constraint("tags.1.member.value", "null", "Member must not be null"),
      ],
    ],
    [
      "a name that is too long and of wrong characters",
      "DescribeEndpoint",
      { EndpointName: "a_b" },
      [
        constraint(
          "endpointName",
          "'a_b'",
          "Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
        ),
      ],
    ],
    [
      "a number out of range",
      "ListModels",
      { MaxResults: 101 },
      [constraint("maxResults", "'101'", "Member must have value less than or equal to 100")],
    ],
    [
      "a value outside of an enumeration",
      "ListModels",
      { SortBy: "Size" },
      [constraint("sortBy", "'Size'", "Member must satisfy enum value set: [Name, CreationTime]")],
    ],
    [
      "a member that does not exist",
      "DescribeModel",
      { ModelName: "churn", Name: "churn" },
      ["Unknown member 'Name' in the request; known members: ModelName"],
    ],
    [
      "a wrong type",
      "ListModels",
      { MaxResults: "10" },
      ["Value of type string at 'maxResults' can not be converted to an Integer"],
    ],
  ];
  for (const [what, operation, request, problems] of cases) {
    it(`sees ${what}`, () => {
      expect(validateInput(sagemaker, operation, request)).deep.equal(problems);
    });
  }

  it("matches patterns against the whole value, anchored or not", () => {
    expect(patternOf("[a-z]+").test("abc1")).equal(false);
    expect(patternOf("^[a-z]+$").test("abc")).equal(true);
    expect(patternOf("a|b").test("ab")).equal(false);
    const repeatedAnchor = ["([\\p{L}=]*)$", "{1,128}"].join("");
    expect(patternOf(repeatedAnchor).test("clé=")).equal(true);
    expect(patternOf(repeatedAnchor).test("5")).equal(false);
    expect(patternOf("fn:[\\p{Alnum}\\-]+").test("fn:a-1")).equal(true);
    expect(patternOf("fn:[\\p{Alnum}\\-]+").test("fn:_")).equal(false);
  });

  it("answers what cannot be read as SerializationException, what is not allowed as ValidationException", () => {
    const unreadable = inputError(sagemaker, "ListModels", { MaxResults: "10" });
    const refused = inputError(sagemaker, "CreateModel", { Tags: [{}] });

    expect(unreadable?.code).equal("SerializationException");
    expect(refused?.code).equal("ValidationException");
    expect(refused?.message).match(/^3 validation errors detected: Value null at 'modelName'/);
    expect(inputError(sagemaker, "CreateModel", model)).equal(undefined);
  });

  it("takes values for given that stand for others", () => {
    const request = { ModelName: "{% $name %}", ExecutionRoleArn: 5 };
    const isPlaceholder = (value: unknown) => typeof value === "string" && value.startsWith("{%");

    const problems = validateInput(sagemaker, "CreateModel", request, { isPlaceholder });

    expect(problems).length(1);
    expect(problems[0]).include("'executionRoleArn'");
  });

  it("wants exactly one member of a union", () => {
    const glue = loadServiceModel("glue", python);
    const union = Object.entries(glue.shapes).find(([, shape]) => shape.union)?.[0] as string;
    const names = Object.keys(glue.shapes[union]?.members ?? {});
    const unionModel: ServiceModel = {
      ...glue,
      operations: { Ask: { input: { shape: "Input" } } },
      shapes: {
        Input: { type: "structure", members: { Choice: { shape: "Union" } } },
        Union: {
          type: "structure",
          union: true,
          members: { A: { shape: "Text" }, B: { shape: "Text" } },
        },
        Text: { type: "string" },
      },
    };

    expect(names).not.deep.equal([]);
    expect(validateInput(unionModel, "Ask", { Choice: { A: "x" } })).deep.equal([]);
    expect(validateInput(unionModel, "Ask", { Choice: { A: "x", B: "y" } })).length(1);
    expect(validateInput(unionModel, "Ask", { Choice: {} })).length(1);
  });

  it("checks responses as well", () => {
    expect(validateOutput(sagemaker, "CreateModel", { ModelArn: "x" })).not.deep.equal([]);
    expect(validateOutput(sagemaker, "DeleteModel", {})).deep.equal([]);
    expect(validateOutput(sagemaker, "DeleteModel", { Done: true })).deep.equal([
      "Unknown member 'Done' in the response",
    ]);
  });
});
