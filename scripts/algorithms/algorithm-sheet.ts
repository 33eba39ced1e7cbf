import {
  type Algorithm,
  type ChannelSpec,
  prebuiltImage,
} from "../../components/algorithms/algorithm.ts";
import { exampleConfig } from "../../components/algorithms/example-config.ts";
import { regionsWith } from "../../components/algorithms/registry.ts";
import {
  describeDefault,
  describeHyperparameter,
  describeMetric,
  describeTunable,
  describeValues,
} from "./describe-hyperparameter.ts";
import { laptopVersions } from "./laptop-versions.ts";

/** What a page about an algorithm says, before it is laid out for a terminal or in Markdown. */
export interface Sheet {
  /** As config names it. */
  name: string;
  title: string;
  summary: string;
  sections: readonly SheetSection[];
}

export interface SheetSection {
  title: string;
  parts: readonly SheetPart[];
}

export type SheetPart =
  | { kind: "facts"; rows: readonly (readonly [string, string])[] }
  | SheetTable
  | { kind: "list"; items: readonly string[] }
  | { kind: "text"; text: string }
  | { kind: "code"; language: string; text: string };

export interface SheetTable {
  kind: "table";
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** The last cell explains the others: it stands below them where there is little room. @default beside them */
  explains?: true;
}

export function algorithmSheet(algorithm: Algorithm): Sheet {
  const { name, title, summary } = algorithm;
  const sections = [
    overview(algorithm),
    example(algorithm),
    hyperparameters(algorithm),
    metrics(algorithm),
    data(algorithm),
    serving(algorithm),
    instances(algorithm),
    tuning(algorithm),
  ];
  return { name, title, summary, sections: sections.filter(({ parts }) => parts.length > 0) };
}

function overview(algorithm: Algorithm): SheetSection {
  const { defaultVersion, versions, tasks, documentation, notes } = algorithm;
  const { repositoryName, imageTag } = prebuiltImage(algorithm, defaultVersion);
  const onLaptop = laptopVersions(algorithm);
  const others = versions.map(({ name }) => name).filter((name) => name !== defaultVersion);
  const regions = regionsWith(algorithm, defaultVersion);
  return {
    title: "In short",
    parts: [
      {
        kind: "facts",
        rows: [
          ["tasks", tasks.join(", ")],
          [
            "version",
            `${defaultVersion}${others.length === 0 ? "" : `; also ${others.join(", ")}`}`,
          ],
          ["image", `${repositoryName}:${imageTag}`],
          ["on a laptop", onLaptop.length === 0 ? "no" : `version ${onLaptop.join(", ")}`],
          ["AWS's page", documentation],
          ["regions", `${regions.length}: ${regions.join(", ")}`],
        ],
      },
      ...(notes.length === 0 ? [] : [{ kind: "list" as const, items: notes }]),
    ],
  };
}

function example(algorithm: Algorithm): SheetSection {
  const text = exampleConfig(algorithm);
  return { title: "Example", parts: [{ kind: "code", language: "yaml", text }] };
}

function hyperparameters({ hyperparameters: specs }: Algorithm): SheetSection {
  const entries = Object.entries(specs);
  const ordered = [
    ...entries.filter(([, { required }]) => required),
    ...entries.filter(([, { required }]) => !required),
  ];
  const rows = ordered.map(([name, spec]) => [
    name,
    describeDefault(spec),
    describeValues(spec),
    describeHyperparameter(spec),
  ]);
  const head = ["name", "default", "takes", "what it is"];
  return { title: "Hyperparameters", parts: [{ kind: "table", head, rows, explains: true }] };
}

function metrics({ metrics: specs, title }: Algorithm): SheetSection {
  const names = Object.keys(specs);
  if (names.length === 0) {
    const text = `SageMaker reads none from ${title}: there can be no gate. Write validation: { enabled: false }.`;
    return { title: "Metrics", parts: [{ kind: "text", text }] };
  }
  const rows = Object.entries(specs).map(([name, spec]) => [
    name,
    spec.direction === "min" ? "smaller" : "greater",
    describeMetric(spec),
  ]);
  return {
    title: "Metrics",
    parts: [{ kind: "table", head: ["name", "better when", "what it is"], rows }],
  };
}

function data(algorithm: Algorithm): SheetSection {
  const { channels, contentTypes, defaultContentType, inputModes, pipeContentTypes } = algorithm;
  const others = contentTypes.filter((type) => type !== defaultContentType);
  const facts: [string, string][] = [
    [
      "content type",
      `${defaultContentType}${others.length === 0 ? "" : `; also ${others.join(", ")}`}`,
    ],
    ["input mode", inputModes.join(", ")],
  ];
  if (pipeContentTypes !== undefined) facts.push(["in Pipe mode", pipeContentTypes.join(", ")]);
  return {
    title: "Training data",
    parts: [
      { kind: "facts", rows: facts },
      {
        kind: "table",
        head: ["channel", "", "what it holds"],
        rows: Object.entries(channels).map(([name, spec]) => [
          name,
          spec.required ? "required" : "",
          describeChannel(spec),
        ]),
      },
    ],
  };
}

function describeChannel(spec: ChannelSpec): string {
  const { description, requiredFor, contentType, distribution } = spec;
  return [
    description,
    ...(requiredFor === undefined ? [] : [`required for ${requiredFor.join(", ")}`]),
    ...(contentType === undefined ? [] : [contentType]),
    ...(distribution === "ShardedByS3Key" ? ["files shared out between instances"] : []),
  ].join("; ");
}

function serving({ serving: formats }: Algorithm): SheetSection {
  return {
    title: "Requests and answers",
    parts: [
      {
        kind: "facts",
        rows: [
          ["requests", formats.requests.join(", ")],
          ["answers", formats.responses.join(", ")],
        ],
      },
      { kind: "text", text: `A request as ${formats.requests[0]}:` },
      { kind: "code", language: "", text: formats.exampleRequest },
      { kind: "text", text: `The answer as ${formats.responses[0]}; numbers differ:` },
      { kind: "code", language: "", text: formats.exampleResponse },
    ],
  };
}

const processors = { cpu: "CPUs", gpu: "GPUs", either: "CPUs or GPUs" } as const;

function instances({ instances: advice, checkpoints }: Algorithm): SheetSection {
  const { training, serving: endpoint, distributed, discouraged, notes } = advice;
  const against = [discouraged?.training, discouraged?.serving].map((kinds) =>
    Object.entries(kinds ?? {})
      .map(([kind, reason]) => `; ${kind.toUpperCase()}s with a warning: ${reason}`)
      .join(""),
  );
  return {
    title: "Instances",
    parts: [
      {
        kind: "facts",
        rows: [
          [
            "training",
            `${processors[training]}, ${distributed ? "one or several" : "one"}${against[0]}`,
          ],
          ["endpoint", `${processors[endpoint]}${against[1]}`],
          ["interrupted", describeInterruption(checkpoints)],
          ["advice", notes],
        ],
      },
    ],
  };
}

function describeInterruption(checkpoints: Algorithm["checkpoints"]): string {
  if (checkpoints === undefined) return "a job starts anew: there are no checkpoints";
  const { since } = checkpoints;
  return `a job goes on from its checkpoints${since === undefined ? "" : `, since version ${since}`}`;
}

function tuning({ tunable }: Algorithm): SheetSection {
  const rows = Object.entries(tunable).map(([name, range]) => [name, describeTunable(range)]);
  if (rows.length === 0) return { title: "Ranges for tuning", parts: [] };
  return {
    title: "Ranges for tuning",
    parts: [{ kind: "table", head: ["hyperparameter", "AWS's range"], rows }],
  };
}
