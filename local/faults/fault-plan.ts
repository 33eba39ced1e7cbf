import type { Fault } from "./fault.ts";
import { type BackendFault, entryOf, type FaultName } from "./menu.ts";

interface Armed {
  fault: Fault;
  /** Calls that it has counted. */
  calls: number;
  struck: boolean;
}

/** The backend's share of the faults that were asked for. Each counts the calls that it could strike. */
export class FaultPlan {
  #armed: Armed[];
  readonly #struck: (fault: Fault) => void;

  /** @param struck told of each strike, for the log */
  constructor(faults: readonly Fault[] = [], struck: (fault: Fault) => void = () => {}) {
    this.#armed = faults.filter(isOfBackend).map(armed);
    this.#struck = struck;
  }

  /**
   * Puts these faults in the place of those before; counting begins anew.
   * @returns names of those before that have struck
   */
  replace(faults: readonly Fault[]): FaultName[] {
    const struck = this.#armed.filter((item) => item.struck).map(({ fault }) => fault.name);
    this.#armed = faults.filter(isOfBackend).map(armed);
    return struck;
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
      armed.struck = true;
      this.#struck(armed.fault);
    }
    return strikes;
  }
}

function armed(fault: Fault): Armed {
  return { fault, calls: 0, struck: false };
}

function isOfBackend({ name }: Fault): boolean {
  return entryOf(name).by === "backend";
}
