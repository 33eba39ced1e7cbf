import { maxTitleLength, type PipelineNames, pipelineNames } from "./names.ts";

/**
 * Every physical name of a comparison: those of a pipeline, for it has most of its parts too, and some of its own.
 *
 * What candidates make starts with `c--<base>--`, and not with the base: production's versions, `<base>--<title>`, are
 * counted and pruned by that, and candidates are no versions.
 */
export interface ComparisonNames extends PipelineNames {
  /** Start of everything that candidates create in SageMaker: `<prefix>*` in IAM. */
  candidatePrefix: string;
  gatherInputsFunction: string;
  predictCandidateFunction: string;
  removeCandidatesFunction: string;
  compareCandidatesFunction: string;
  recordComparisonFunction: string;
  closeComparisonFunction: string;
  candidateRoles: {
    gatherInputs: string;
    predictCandidate: string;
    removeCandidates: string;
    compareCandidates: string;
    recordComparison: string;
    closeComparison: string;
  };
}

/** Most candidates of a comparison, `c01` to `c20`. */
export const maxCandidates = 20;

const prefix = "c--";
/** `-c20` and `-a99`, less what a pipeline's job names have room for. */
const candidateSuffixLength = `-c${maxCandidates}`.length;

/** Longest title of a comparison: that of a candidate's training job has to fit 63 characters. */
export const maxComparisonTitleLength = maxTitleLength - prefix.length - candidateSuffixLength;

export function comparisonNames(stack: string, comparison: string): ComparisonNames {
  const names = pipelineNames(stack, comparison);
  const { base } = names;
  const own = {
    gatherInputs: `${base}-gather-inputs`,
    predictCandidate: `${base}-predict-candidate`,
    removeCandidates: `${base}-remove-candidates`,
    compareCandidates: `${base}-compare-candidates`,
    recordComparison: `${base}-record-comparison`,
    closeComparison: `${base}-close-comparison`,
  };
  return {
    ...names,
    stateMachine: `${base}-comparison`,
    candidatePrefix: `${prefix}${base}--`,
    gatherInputsFunction: own.gatherInputs,
    predictCandidateFunction: own.predictCandidate,
    removeCandidatesFunction: own.removeCandidates,
    compareCandidatesFunction: own.compareCandidates,
    recordComparisonFunction: own.recordComparison,
    closeComparisonFunction: own.closeComparison,
    candidateRoles: own,
  };
}
