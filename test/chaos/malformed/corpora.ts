import type { MalformedCase } from "./case.ts";
import { csvRequests } from "./csv-requests.ts";
import { etlConfigs } from "./etl-configs.ts";
import { events } from "./events.ts";
import { jsonRequests } from "./json-requests.ts";
import { keys } from "./keys.ts";
import { otherRequests } from "./other-requests.ts";
import { sectionConfigs } from "./section-configs.ts";
import { stackConfigs } from "./stack-configs.ts";
import { stackFiles } from "./stack-files.ts";
import { trainingConfigs } from "./training-configs.ts";

/** All that can be shown without a cloud and without Spark, by what it is that is malformed. */
export const corpora = {
  keys,
  configs: [...stackConfigs, ...sectionConfigs, ...etlConfigs, ...trainingConfigs],
  "stack-files": stackFiles,
  requests: [...csvRequests, ...jsonRequests, ...otherRequests],
  events,
} satisfies Record<string, readonly MalformedCase[]>;
