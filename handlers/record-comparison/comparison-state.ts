import type { CandidateResult, Compared, ComparisonRules } from "../compare-candidates/logic.ts";
import type { EndpointState, EtlState, RunState } from "../record-run/run-state.ts";

/** What the state machine knows of a comparison at its end. Parts that it did not reach are null. */
export interface ComparisonState
  extends Pick<RunState, "execution" | "run" | "newer" | "versions" | "stages" | "failure"> {
  rules: ComparisonRules;
  data: { etl: EtlState | null; manifest: string | null; stages: RunState["stages"] } & Pick<
    RunState,
    "failure"
  >;
  results: TriedCandidate[];
  compared: Compared | null;
  winner: { key: string; number: string } | null;
  endpoint: EndpointState | null;
}

/** A candidate's result, with what it ran on. */
export type TriedCandidate = CandidateResult & {
  algorithm: string;
  image: string;
  /** Of what it read: `csv` or `libsvm`. */
  format: string;
  contentType: string;
  instanceType: string;
  instanceCount: number;
  endpointInstanceType: string;
  stages: RunState["stages"];
  /** Why something of it may still be there. */
  leftOver: { Error: string; Cause?: string } | null;
};
