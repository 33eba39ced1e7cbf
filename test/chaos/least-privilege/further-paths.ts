import { withFaults } from "../struck-run.ts";
import { aborting, type Path, removal } from "./path.ts";
import { paths } from "./paths.ts";
import type { Workshop } from "./workshop.ts";

/** Of pipelines whose config has more than churn's. */
export const furtherPaths = {
  ...paths,
  "abort in tuning": aborting((workshop) => workshop.abortInTuning()),
  "closing after tuning": {
    prepare: (workshop) => workshop.abortedInTuning(),
    take: async (workshop) => {
      const { title } = await workshop.abortedInTuning();
      const event = await workshop.unrecorded(title);
      return (await workshop.invoke(workshop.names.closeRunFunction, event)).ok;
    },
  },
  "clean-up with tuning": {
    prepare: (workshop) => workshop.severalVersions(),
    take: (workshop) =>
      workshop.duringTuning(
        async () =>
          (await workshop.invoke(workshop.names.cleanUpRunsFunction, removal(workshop))).ok,
      ),
  },
  "interrupted training": {
    take: (workshop) =>
      withFaults(
        workshop.bench,
        ["spot-interrupted"],
        async () => (await workshop.run()).status === "SUCCEEDED",
      ),
  },
} satisfies Record<string, Path<Workshop>>;

export type FurtherPathName = keyof typeof furtherPaths;
