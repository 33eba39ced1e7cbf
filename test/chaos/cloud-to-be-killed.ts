// node cloud-to-be-killed.ts STATE-DIR FAULT served|empty: a cloud whose endpoint serves, or that has none, an upload, and the end.
import { parseFault } from "../../local/faults/fault.ts";
import { ExperimentCloud } from "./experiment-cloud.ts";
import type { LastWords } from "./killed-cloud.ts";
import { endpointState } from "./struck-run.ts";

const [stateDir, fault = "", endpoint] = process.argv.slice(2);
const bench = await ExperimentCloud.start({}, stateDir);
const before = endpoint === "served" ? await endpointState(bench) : undefined;
await bench.cloud.setFaults([parseFault(fault)]);
const upload = await bench.upload();
const words: LastWords = { upload, before };
console.log(JSON.stringify(words));
