import type { Rule } from "../rule.ts";
import * as cloudwatch from "./cloudwatch.ts";
import * as ecr from "./ecr.ts";
import * as eventbridge from "./eventbridge.ts";
import * as glue from "./glue.ts";
import * as iam from "./iam.ts";
import * as lambda from "./lambda.ts";
import * as logs from "./logs.ts";
import * as s3 from "./s3.ts";
import * as sagemaker from "./sagemaker.ts";
import * as sns from "./sns.ts";
import * as sqs from "./sqs.ts";
import * as stepFunctions from "./step-functions.ts";
import * as vpc from "./vpc.ts";

/** Every rule of the pack: a file of `rules/` exports nothing else. */
export const rules: readonly Rule[] = [
  s3,
  sqs,
  sns,
  lambda,
  eventbridge,
  stepFunctions,
  glue,
  sagemaker,
  iam,
  logs,
  cloudwatch,
  ecr,
  vpc,
].flatMap((service) => Object.values<Rule>(service));
