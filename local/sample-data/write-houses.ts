import { housesCsv } from "./houses.ts";
import { writeSample } from "./write-sample.ts";

// node local/sample-data/write-houses.ts [FILE] [--rows N] [--seed N]: standard output without FILE.
writeSample({ rows: 2000, seed: 1 }, housesCsv);
