import { minimalPipeline } from "../../stacks/pipeline-config.ts";
import type { MalformedCase } from "./case.ts";
import { own, whole } from "./config-case.ts";

export const stackConfigs: readonly MalformedCase[] = [
  whole(
    "pipelines of a list",
    { pipelines: [minimalPipeline()] },
    "pipelines: required: a mapping of one pipeline at least, by name",
  ),
  whole(
    "pipelines of a text",
    { pipelines: "churn" },
    "pipelines: required: a mapping of one pipeline at least, by name",
  ),
  whole(
    "pipelines of NaN",
    { pipelines: Number.NaN },
    "pipelines: required: a mapping of one pipeline at least, by name",
  ),
  whole(
    "pipelines of false",
    { pipelines: false },
    "pipelines: required: a mapping of one pipeline at least, by name",
  ),
  whole(
    "a pipeline of nothing",
    { pipelines: { churn: null } },
    "pipelines.churn.algorithm: required: what the pipeline trains with; pipelines.churn.etl.script: path of the Glue script, relative to the project; pipelines.churn.validation: required: what a model must reach before it serves",
  ),
  whole(
    "a pipeline of a list",
    { pipelines: { churn: [] } },
    "pipelines.churn: a mapping; pipelines.churn.algorithm: required: what the pipeline trains with; pipelines.churn.etl.script: path of the Glue script, relative to the project; pipelines.churn.validation: required: what a model must reach before it serves",
  ),
  whole(
    "a pipeline of a number",
    { pipelines: { churn: 7 } },
    "pipelines.churn: a mapping; pipelines.churn.algorithm: required: what the pipeline trains with; pipelines.churn.etl.script: path of the Glue script, relative to the project; pipelines.churn.validation: required: what a model must reach before it serves",
  ),
  whole(
    "a pipeline without a name",
    { pipelines: { "": minimalPipeline() } },
    "pipelines.: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of spaces",
    { pipelines: { " ": minimalPipeline() } },
    "pipelines. : a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of other letters",
    { pipelines: { größe: minimalPipeline() } },
    "pipelines.größe: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of Cyrillic letters that look Latin",
    { pipelines: { сhurn: minimalPipeline() } },
    "pipelines.сhurn: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of emoji",
    { pipelines: { "🔥": minimalPipeline() } },
    "pipelines.🔥: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name that ends a line",
    { pipelines: { "churn\n": minimalPipeline() } },
    "pipelines.churn\n: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name with a zero byte",
    { pipelines: { "chu\0rn": minimalPipeline() } },
    "pipelines.chu\u0000rn: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of dots",
    { pipelines: { "churn.endpoint": minimalPipeline() } },
    "pipelines.churn.endpoint: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "a name of 100 letters",
    { pipelines: { ["a".repeat(100)]: minimalPipeline() } },
    "pipelines.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: dev-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…",
  ),
  whole(
    "__proto__ for a name",
    { pipelines: own("__proto__", minimalPipeline()) },
    "pipelines.__proto__: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole("constructor for a name", { pipelines: { constructor: minimalPipeline() } }, "accepted"),
  whole(
    "toString for a name",
    { pipelines: { toString: minimalPipeline() } },
    "pipelines.toString: a name of lower-case letters, digits and single hyphens, a letter first",
  ),
  whole(
    "two names that differ in case",
    { pipelines: { churn: minimalPipeline(), Churn: minimalPipeline() } },
    "pipelines.Churn: a name of lower-case letters, digits and single hyphens, a letter first; pipelines.Churn.endpoint.name: pipeline churn has an endpoint of this name: each would replace the other's model",
  ),
  whole(
    "a stack without a name",
    { stack: "" },
    "stack: a name of lower-case letters, digits and single hyphens, a letter first: AWS names start w…",
  ),
  whole(
    "a stack of other letters",
    { stack: "größe" },
    "stack: a name of lower-case letters, digits and single hyphens, a letter first: AWS names start w…",
  ),
  whole("a region of another kind", { region: "us_east_2" }, "aws:region: the region to deploy to"),
  whole(
    "a region that ends a line",
    { region: "us-east-2\n" },
    "aws:region: the region to deploy to",
  ),
  whole(
    "an availability zone for a region",
    { region: "us-east-2a" },
    "aws:region: the region to deploy to",
  ),
  whole(
    "a setting in the plural",
    { settings: ["retraining:pipeline"] },
    "retraining:pipeline: a setting of the program: retraining:pipelines, retraining:comparisons, retraining:network",
  ),
  whole(
    "a setting of __proto__",
    { settings: ["retraining:__proto__"] },
    "retraining:__proto__: a setting of the program: retraining:pipelines, retraining:comparisons, retraining:network",
  ),
  whole("a network of a list", { network: [] }, "network: a mapping"),
  whole("a network of NaN", { network: Number.NaN }, "network: a mapping"),
  whole(
    "a block that is too wide",
    { network: { create: { cidrBlock: "10.0.0.0/8" } } },
    "network.create.cidrBlock: an IPv4 block of a private range, /16 to /28, that starts where its size says",
  ),
  whole(
    "a block of a number",
    { network: { create: { cidrBlock: 10 } } },
    "network.create.cidrBlock: an IPv4 block of a private range, /16 to /28, that starts where its size says",
  ),
  whole(
    "a block of octets that are too large",
    { network: { create: { cidrBlock: "10.0.300.0/16" } } },
    "network.create.cidrBlock: an IPv4 block of a private range, /16 to /28, that starts where its size says",
  ),
  whole(
    "zones of NaN",
    { network: { create: { availabilityZones: Number.NaN } } },
    "network.create.availabilityZones: how many zones, 2 to 6, or a list of so many zones of us-east-2",
  ),
  whole(
    "comparisons of a list",
    { comparisons: [] },
    "comparisons: a mapping of one comparison at least, by name",
  ),
  whole(
    "a comparison of nothing",
    { comparisons: { abalone: null } },
    "comparisons.abalone.task: what is predicted: regression (a number), binary (class 0 or 1) or multiclass (classes 0, …; comparisons.abalone.candidates: a mapping of 2 to 20 candidates, by name",
  ),
];
