import { ratingsCsv } from "./ratings.ts";
import { writeSample } from "./write-sample.ts";

// node local/sample-data/write-ratings.ts [FILE] [--ratings N] [--users N] [--items N] [--seed N]: standard output without FILE.
writeSample({ ratings: 5000, users: 200, items: 100, seed: 1 }, ratingsCsv);
