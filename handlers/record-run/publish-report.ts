export { readJson } from "../publish-report.ts";
