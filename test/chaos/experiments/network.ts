import { once } from "node:events";
import { createServer } from "node:net";
import type { Experiment } from "../experiment.ts";
import type { ExperimentCloud } from "../experiment-cloud.ts";
import { acceptedInput } from "../inputs.ts";
import { isLoopback, type ListeningSocket, listeningSockets } from "../listening-sockets.ts";
import { kindOf, processesOf } from "../processes.ts";

export const network: Experiment[] = [
  {
    name: "loopback-only",
    promise: "reached-from-here-only",
    expected:
      "this command, ministack, spark, spark's Java, serving listen on loopback; elsewhere: nothing",
    quick: true,
    run: listenThroughRun,
  },
];

/** Looks again and again while a run goes through all processes, as a port may be open for a moment only. */
async function listenThroughRun(bench: ExperimentCloud): Promise<string> {
  await checkSight();
  const seen = new Map<string, { socket: ListeningSocket; who: string }>();
  let running = true;
  const look = async () => {
    while (running) {
      const processes = processesOf(bench.stateDir);
      const who = new Map([[process.pid, "this command"]]);
      for (const item of processes) who.set(item.pid, kindOf(item) ?? item.command);
      for (const socket of listeningSockets([...who.keys()])) {
        const key = `${socket.pid} ${socket.address} ${socket.port}`;
        seen.set(key, { socket, who: who.get(socket.pid) ?? "" });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const looking = look();
  const { ended } = await bench.run(acceptedInput(41)).finally(() => {
    running = false;
  });
  await looking;
  if (ended !== "SUCCEEDED") throw new Error(`the run ended ${ended}`);
  const found = [...seen.values()];
  const here = found.filter(({ socket }) => isLoopback(socket.address));
  const away = found.filter(({ socket }) => !isLoopback(socket.address));
  const names = [...new Set(here.map(({ who }) => who))].sort((a, b) => order(a) - order(b));
  const others = away.map(({ who, socket }) => `${who} on ${socket.address}:${socket.port}`);
  return `${names.join(", ")} listen on loopback; elsewhere: ${others.join(", ") || "nothing"}`;
}

const order = (who: string) =>
  ["this command", "ministack", "spark", "spark's Java", "serving"].indexOf(who);

/** A port on all addresses is to be seen as one: or nothing would be seen of any other. */
async function checkSight(): Promise<void> {
  const server = createServer().listen(0, "0.0.0.0");
  await once(server, "listening");
  const seen = listeningSockets([process.pid]).some(({ address }) => address === "0.0.0.0");
  server.close();
  if (!seen) throw new Error("a port on 0.0.0.0 was not seen: this machine does not show them");
}
