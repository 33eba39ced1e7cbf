import type { Fault } from "./fault.ts";
import { type BackendFault, entryOf } from "./menu.ts";

interface Armed {
  fault: Fault;
  /** Calls that it has counted. */
  calls: number;
}

/** The backend's share of the faults that were asked for. Each counts the calls that it could strike. */
export class FaultPlan {
  #armed: Armed[];
  readonly #struck: (fault: Fault) => void;

  /** @param struck told of each strike, for the log */
  constructor(faults: readonly Fault[] = [], struck: (fault: Fault) => void = () => {}) {
    this.#armed = faults.filter(isOfBackend).map((fault) => ({ fault, calls: 0 }));
    this.#struck = struck;
  }

  /** Puts these faults in the place of those before; counting begins anew. */
  replace(faults: readonly Fault[]): void {
    this.#armed = faults.filter(isOfBackend).map((fault) => ({ fault, calls: 0 }));
  }

  /** To be asked once for each call that the fault could strike, in the order of the calls. */
  strikes(name: BackendFault): boolean {
    let strikes = false;
    for (const armed of this.#armed) {
      if (armed.fault.name !== name) continue;
      armed.calls += 1;
      const { first, times } = armed.fault;
      if (armed.calls < first || armed.calls >= first + times) continue;
      strikes = true;
      this.#struck(armed.fault);
    }
    return strikes;
  }
}

function isOfBackend({ name }: Fault): boolean {
  return entryOf(name).by === "backend";
}
