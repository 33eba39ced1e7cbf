import type { Experiment } from "../experiment.ts";
import { tally } from "../malformed/case.ts";
import { corpora } from "../malformed/corpora.ts";
import { refusedRequests } from "../malformed/endpoint-requests.ts";
import { malformedFiles } from "../malformed/files.ts";
import { strangeKeys } from "../malformed/strange-keys.ts";

/** Numbers of inputs are written down here: a table that lost some would show no less otherwise. */
export const inputs: Experiment[] = [
  corpus("keys", 79),
  corpus("configs", 111),
  corpus("stack-files", 46),
  corpus("events", 44),
  { ...corpus("requests", 105), promise: "scored-rows-have-all-columns" },
  {
    name: "malformed-files",
    promise: "malformed-input-is-refused",
    expected: "290 of 290 as expected",
    quick: false, // npm test runs them among the tests of the scripts
    standalone: true,
    run: malformedFiles,
  },
  {
    name: "strange-keys",
    promise: "malformed-input-is-refused",
    expected: "1 SUCCEEDED, 6 FAILED EtlFailed over its header, 4 refused with a record",
    quick: false, // seven runs
    run: strangeKeys,
  },
  {
    name: "malformed-requests-to-endpoint",
    promise: "scored-rows-have-all-columns",
    expected: "19 of 19 as expected; the endpoint still scores",
    quick: true,
    run: refusedRequests,
  },
];

function corpus(what: keyof typeof corpora, count: number): Experiment {
  return {
    name: `malformed-${what}`,
    promise: "malformed-input-is-refused",
    expected: `${count} of ${count} as expected`,
    quick: true,
    standalone: true,
    run: () => tally(corpora[what]),
  };
}
