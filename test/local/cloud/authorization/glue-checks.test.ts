import { expect } from "chai";
import { glueChecks } from "../../../../local/cloud/authorization/glue-checks.ts";

const role = "arn:aws:iam::000000000000:role/etl";

describe("what Glue asks IAM", () => {
  const checks = glueChecks((name) => `arn:aws:glue:us-east-2:000000000000:job/${name}`);
  const asked = (operation: string, request: object) => checks[operation]?.(request as never);

  it("is the job that is run", () => {
    for (const operation of ["StartJobRun", "GetJobRun", "GetJobRuns", "BatchStopJobRun"]) {
      expect(asked(operation, { JobName: "etl" })).deep.equal([
        {
          action: `glue:${operation}`,
          resource: "arn:aws:glue:us-east-2:000000000000:job/etl",
          context: {},
        },
      ]);
    }
  });

  it("is the role that a job is given, for Glue alone", () => {
    const passing = {
      action: "iam:PassRole",
      resource: role,
      context: { "iam:PassedToService": "glue.amazonaws.com" },
    };

    expect(asked("CreateJob", { Name: "etl", Role: role })?.[1]).deep.equal(passing);
    expect(asked("UpdateJob", { JobName: "etl", JobUpdate: { Role: role } })?.[1]).deep.equal(
      passing,
    );
  });
});
