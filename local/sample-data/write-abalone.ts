import { abaloneLibsvm } from "./abalone.ts";
import { writeSample } from "./write-sample.ts";

// node local/sample-data/write-abalone.ts [FILE] [--rows N] [--seed N]: standard output without FILE.
writeSample({ rows: 4000, seed: 1 }, abaloneLibsvm);
