import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Collection } from "../../../local/cloud/collection.ts";
import type { SageMaker, TrainingJobRecord } from "../../../local/sagemaker/sagemaker.ts";
import {
  checkTrainingQuota,
  trainingQuota,
} from "../../../local/sagemaker/training/training-quota.ts";
import { trainingJob } from "./requests.ts";

describe("the quota of training jobs at a time", () => {
  const folder = mkdtempSync(join(tmpdir(), "training-quota-"));
  const trainingJobs = new Collection<TrainingJobRecord>(folder);
  after(() => rmSync(folder, { recursive: true }));

  const put = (name: string, changes: Partial<TrainingJobRecord>) =>
    trainingJobs.put(name, { TrainingJobName: name, ...changes } as TrainingJobRecord);
  const check = () => checkTrainingQuota({ trainingJobs } as SageMaker, trainingJob());

  before(() => {
    for (let i = 0; i < trainingQuota; i += 1) put(`ended-${i}`, { TrainingJobStatus: "Failed" });
    for (let i = 0; i < trainingQuota; i += 1) {
      put(`tuned-${i}`, { TrainingJobStatus: "InProgress", TuningJobArn: "arn:tuning" });
    }
    for (let i = 1; i < trainingQuota; i += 1) {
      put(`active-${i}`, { TrainingJobStatus: i === 1 ? "Stopping" : "InProgress" });
    }
  });

  it("does not count jobs that have ended, nor those of tuning jobs", () => {
    expect(check).not.to.throw();
  });

  it("refuses one more as an account does, until one has ended", () => {
    put("active-0", { TrainingJobStatus: "InProgress" });

    expect(check).to.throw(/ml\.\S+ for training job usage' is 8 Instances, .* utilization of 8/);
    put("active-0", { TrainingJobStatus: "Completed" });
    expect(check).not.to.throw();
  });
});
