/** Name of the error by which a state machine says that it could not record its run. */
export const recordFailed = "RecordFailed";
