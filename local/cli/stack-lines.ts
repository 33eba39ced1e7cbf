import colors from "picocolors";
import type { DeployedStack } from "./deploy-stack.ts";

/** Everything that was deployed, and where it is. */
export function outputLines({ pipelines, comparisons }: DeployedStack): string[] {
  const all = [...Object.entries(pipelines), ...Object.entries(comparisons)];
  return [
    colors.bold("\nOutputs"),
    ...all.flatMap(([name, outputs]) => [
      `  ${name}${name in comparisons ? " (comparison)" : ""}`,
      ...Object.entries(outputs)
        .filter(([, value]) => value !== undefined)
        .map(([output, value]) => `    ${output.padEnd(16)} ${value}`),
    ]),
  ];
}

/** What to do next without the AWS CLI: of the first pipeline, and of the first comparison. */
export function commandLines({ pipelines, comparisons }: DeployedStack): string[] {
  const [pipeline] = Object.values(pipelines);
  const [comparison] = Object.values(comparisons);
  if (pipeline === undefined && comparison === undefined) return [];
  return [
    colors.bold("\nThen"),
    ...(pipeline
      ? [
          `  npm run upload -- --bucket ${pipeline.bucket} FILE.csv`,
          `  npm run follow -- --state-machine ${pipeline.stateMachineArn}`,
          `  npm run invoke -- --endpoint ${pipeline.endpointName} ROWS`,
        ]
      : []),
    ...(comparison
      ? [
          `  npm run upload -- --bucket ${comparison.bucket} FILE.libsvm   # or FILE.csv: compares`,
          `  npm run follow -- --state-machine ${comparison.stateMachineArn}`,
          ...(comparison.endpointName
            ? [
                `  npm run invoke -- --endpoint ${comparison.endpointName} ROWS   # once a winner serves`,
              ]
            : []),
        ]
      : []),
  ];
}
