import { expect } from "chai";
import { parse as parseYaml } from "yaml";
import type { Algorithm } from "../../components/algorithms/algorithm.ts";
import { exampleConfig } from "../../components/algorithms/example-config.ts";
import { algorithms } from "../../components/algorithms/index.ts";
import type { PipelineConfig } from "../../stacks/config.ts";
import { parse, problemsOf } from "./pipeline-config.ts";

type Sections = Record<string, Record<string, unknown>>;

const every: readonly Algorithm[] = Object.values(algorithms);

/** The catalogue's example of an algorithm as YAML gives it, with keys of its sections replaced. */
function example(name: keyof typeof algorithms, changes: Sections = {}): Sections {
  const { config } = parseYaml(exampleConfig(algorithms[name]));
  const [pipeline] = Object.values<Sections>(config["retraining:pipelines"]);
  const sections = { ...pipeline };
  for (const [key, section] of Object.entries(changes)) {
    sections[key] = { ...sections[key], ...section };
  }
  return sections;
}

function read(name: keyof typeof algorithms, changes: Sections = {}) {
  const { pipelines, warnings } = parse({ mine: example(name, changes) });
  return { pipeline: pipelines[0] as PipelineConfig, warnings };
}

/** What one change of the example is reported as: path below the pipeline, rule, remedy. */
type Refusal = readonly [keyof typeof algorithms, Sections, string, RegExp, RegExp];

const gpuOnly = "ml.m5.xlarge";
const refused: readonly Refusal[] = [
  [
    "seq2seq",
    { training: { instanceType: gpuOnly } },
    "training.instanceType",
    /on GPUs only, and ml.m5.xlarge has none$/,
    /^write one such as ml.g/,
  ],
  [
    "seq2seq",
    { endpoint: { instanceType: "ml.m5.large" } },
    "endpoint.instanceType",
    /serves on GPUs only/,
    /^write one such as ml.g/,
  ],
  [
    "object2vec",
    { training: { instanceCount: 2 } },
    "training.instanceCount",
    /trains on one instance$/,
    /^write 1$/,
  ],
  [
    "kmeans",
    { training: { contentType: "text/csv" } },
    "training.contentType",
    /learns without labels: text\/csv;label_size=0/,
    /^write "text\/csv;label_size=0"$/,
  ],
  [
    "factorization-machines",
    { training: { contentType: "text/csv" } },
    "training.contentType",
    /^a content type that Factorization Machines trains from/,
    /application\/x-recordio-protobuf/,
  ],
  [
    "lda",
    { training: { inputMode: "Pipe" } },
    "training.contentType",
    /^in input mode Pipe Latent Dirichlet Allocation reads only application\/x-recordio-protobuf$/,
    /training.inputMode: File$/,
  ],
  [
    "object2vec",
    { training: { inputMode: "Pipe" } },
    "training.inputMode",
    /^an input mode that Object2Vec is documented to read: File$/,
    /^leave it out for File$/,
  ],
  [
    "seq2seq",
    { training: { channels: {} } },
    "training.channels.vocab",
    /^required by .*; nothing feeds it$/,
    /^add vocab: etl, where the script writes it to the place that it gets as S3_VOCAB_KEY, or vocab: "s3:\/\/<bucket>\/<folder>\/" for data/,
  ],
  [
    "object2vec",
    {
      training: {
        uncheckedHyperparameters: {
          enc0_pretrained_embedding_file: "vectors.txt",
          enc0_vocab_file: "vocab.json",
        },
      },
    },
    "training.channels.auxiliary",
    /^required: enc0_pretrained_embedding_file is a file there; nothing feeds it$/,
    /S3_AUXILIARY_KEY/,
  ],
  [
    "kmeans",
    { training: { channels: { validation: "etl" } } },
    "training.channels.validation",
    /^not a channel of K-Means; it has train, test$/,
    /^remove it$/,
  ],
  [
    "pca",
    { validation: { enabled: true, metric: "test:mse", threshold: 1 } },
    "validation",
    /there can be no gate$/,
    /enabled: false/,
  ],
  [
    "object2vec",
    { validation: { metric: "validation:accuracy", threshold: 0.9 } },
    "validation.metric",
    /accuracy/,
    /softmax/,
  ],
  [
    "linear-learner",
    { training: { checkpoints: true } },
    "training.checkpoints",
    /^Linear Learner 1 writes no checkpoints$/,
    /^remove it/,
  ],
  [
    "linear-learner",
    { training: { spot: { maxWaitMinutes: 61 } } },
    "training.spot.maxWaitMinutes",
    /^at most 60 without checkpoints/,
    /^lower it to 60, or train without spot$/,
  ],
];

describe("every algorithm of the catalogue", () => {
  for (const { name, title, channels } of every) {
    it(`${title} has an example that deploys, and is fed all that it requires`, () => {
      const { pipeline, warnings } = read(name as keyof typeof algorithms);

      expect(warnings).to.deep.equal([]);
      for (const [channel, { required }] of Object.entries(channels)) {
        if (required) expect(pipeline.training.channels).to.have.property(channel);
      }
      for (const [key, value] of Object.entries(pipeline.training.hyperparameters)) {
        expect(value, key).to.be.a("string");
      }
    });
  }

  for (const [name, changes, path, rule, remedy] of refused) {
    it(`${name}: refuses ${JSON.stringify(changes).slice(0, 80)}`, () => {
      const problems = problemsOf(() => parse({ mine: example(name, changes) }));

      expect(problems.map((problem) => problem.path)).to.deep.equal([`pipelines.mine.${path}`]);
      expect(problems[0]?.rule).to.match(rule);
      expect(problems[0]?.remedy).to.match(remedy);
    });
  }

  it("is refused in a region that has no image of it", () => {
    const [problem] = problemsOf(() => parse({ mine: example("lda") }, { region: "eu-north-1" }));

    expect(problem?.path).to.equal("pipelines.mine.algorithm.name");
    expect(problem?.rule).to.match(
      /^Latent Dirichlet Allocation 1 has no image in eu-north-1; it is in ap-northeast-1, /,
    );
    expect(problem?.remedy).to.equal("deploy to one of these regions: aws:region, below config");
  });

  it("is warned about on instances that AWS advises against", () => {
    const { warnings } = read("kmeans", { training: { instanceType: "ml.g4dn.xlarge" } });

    expect(warnings.map(({ path }) => path)).to.deep.equal([
      "pipelines.mine.training.instanceType",
    ]);
    expect(warnings[0]?.message).to.match(/^ml.g4dn.xlarge: AWS advises CPUs/);
  });

  it("is fed the lists of images that are files, and needs none of RecordIO", () => {
    const images = { training: { contentType: "application/x-image" } };
    const problems = problemsOf(() => parse({ mine: example("image-classification", images) }));

    expect(problems.map(({ path }) => path)).to.include.members([
      "pipelines.mine.training.channels.train_lst",
      "pipelines.mine.training.channels.validation_lst",
    ]);
    expect(read("image-classification").pipeline.training.channels).to.deep.equal({
      train: "etl",
      validation: "etl",
    });
  });

  it("has its test data fed where the gate is measured on them", () => {
    const { pipeline } = read("kmeans");

    expect(pipeline.validation).to.include({ metric: "test:msd", direction: "min" });
    expect(pipeline.training.channels).to.deep.equal({ train: "etl", test: "etl" });
  });
});

describe("algorithms that are none of the catalogue", () => {
  for (const [name, title] of [
    ["lightgbm", "LightGBM"],
    ["catboost", "CatBoost"],
    ["TabTransformer", "TabTransformer"],
    ["autogluon-tabular", "AutoGluon-Tabular"],
  ] as const) {
    it(`are told as models of JumpStart: ${name}`, () => {
      const given = { ...example("xgboost"), algorithm: { name } };
      const [problem, ...others] = problemsOf(() => parse({ mine: given }));

      expect(others).to.deep.equal([]);
      expect(problem).to.include({ path: "pipelines.mine.algorithm.name", received: name });
      expect(problem?.rule).to.contain(`${title} is a JumpStart model`);
      expect(problem?.remedy).to.contain("an image of your own");
    });
  }

  it("are looked for among the catalogue's names as people write them", () => {
    for (const [written, meant] of [
      ["linear_learner", "linear-learner"],
      ["LinearLearner", "linear-learner"],
      ["k-means", "kmeans"],
      ["deepar", "forecasting-deepar"],
      ["random-cut-forest", "randomcutforest"],
    ] as const) {
      const given = { ...example(meant), algorithm: { name: written } };
      const [problem] = problemsOf(() => parse({ mine: given }));

      expect(problem?.remedy, written).to.equal(`write ${meant}`);
    }
  });
});
