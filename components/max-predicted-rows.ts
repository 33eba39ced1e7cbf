/** Test rows that are predicted at most: more would not fit the memory of the function that compares candidates. */
export const maxPredictedRows = 500_000;
