import { churnCsv } from "./churn.ts";
import { writeSample } from "./write-sample.ts";

// node local/sample-data/write-churn.ts [FILE] [--rows N] [--seed N]: standard output without FILE.
writeSample({ rows: 5000, seed: 1 }, churnCsv);
