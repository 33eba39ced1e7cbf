import { StepLines } from "./step-lines.ts";

/** Lines that nobody sees: for who wants a run's result, not its looks. */
export class SilentLines extends StepLines {
  override running() {}
  override done() {}
  override failed() {}
}
