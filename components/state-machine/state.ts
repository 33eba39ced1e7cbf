/** One state of a state machine in the Amazon States Language, JSONata. */
export type State = { Type: string } & Record<string, unknown>;

export type States = Record<string, State>;

/** Names of the states that a block is left to. */
export interface Flow {
  next: string;
  onFailure: string;
}
