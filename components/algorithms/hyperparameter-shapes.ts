/** Shapes that many hyperparameters share. */

export const count = { type: "integer", min: 1 } as const;
export const flag = { type: "integer", min: 0, max: 1 } as const;
export const anyNumber = { type: "float" } as const;
export const notNegative = { type: "float", min: 0 } as const;
export const positive = { type: "float", above: 0 } as const;
/** 0 and 1 included. */
export const share = { type: "float", min: 0, max: 1 } as const;
/** 0 and 1 excluded. */
export const openShare = { type: "float", above: 0, below: 1 } as const;
/** 1 included, 0 not. */
export const positiveShare = { type: "float", above: 0, max: 1 } as const;

/** A boolean as most containers spell it. */
export const boolean = { type: "categorical", values: ["true", "false"] } as const;
/** A boolean as containers spell it that read Python's. */
export const pythonBoolean = { type: "categorical", values: ["True", "False"] } as const;
