// npm run pulumi:leftovers: everything that the cloud of npm run pulumi:local holds.
import { join } from "node:path";
import colors from "picocolors";
import { runCommand } from "../../scripts/command-line.ts";
import { useCloud } from "../engine/engine-cloud.ts";
import { type Inventory, takeInventory } from "../engine/inventory.ts";
import { projectRoot } from "../setup/node-packages.mjs";

const usage = `npm run pulumi:leftovers

Everything that the cloud of npm run pulumi:local holds, by kind.`;

await runCommand(usage, [], showLeftovers);
process.exit(); // A client's idle connection would keep the process for seconds.

async function showLeftovers(): Promise<void> {
  const cloud = await useCloud(join(projectRoot, ".local", "pulumi"));
  try {
    const { resources, records } = await takeInventory(cloud.endpoint);
    if (Object.keys(resources).length === 0) console.log("Nothing is left.");
    print(resources);
    if (Object.keys(records).length > 0)
      console.log(colors.dim("\nRecords that AWS keeps by itself"));
    print(records);
  } finally {
    await cloud.release();
  }
}

function print(inventory: Inventory): void {
  for (const [kind, names] of Object.entries(inventory)) {
    console.log(colors.bold(`${kind} (${names.length})`));
    for (const name of names) console.log(`  ${name}`);
  }
}
