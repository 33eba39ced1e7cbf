import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { expect } from "chai";
import { isLoopback, listeningSockets } from "./listening-sockets.ts";

describe("ports that processes listen on", () => {
  const servers: Server[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  async function listen(address: string): Promise<number> {
    const server = createServer().listen(0, address);
    servers.push(server);
    await once(server, "listening");
    return (server.address() as { port: number }).port;
  }

  it("are seen with their addresses, as long as they are open", async () => {
    const port = await listen("127.0.0.1");
    const other = await listen("0.0.0.0");

    const seen = listeningSockets([process.pid]);
    expect(seen).to.deep.include({ pid: process.pid, address: "127.0.0.1", port });
    expect(seen.find((socket) => socket.port === other)?.address).to.not.satisfy(isLoopback);
    for (const server of servers.splice(0)) await once(server.close(), "close");
    const ports = listeningSockets([process.pid]).map((socket) => socket.port);
    expect(ports).to.not.include(port).and.not.include(other);
  });

  it("are on loopback for 127.0.0.0/8 and ::1, and for nothing else", () => {
    const here = ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"];
    const elsewhere = [
      "0.0.0.0",
      "::",
      "10.0.0.127",
      "192.168.127.1",
      "fe80::1",
      "::ffff:10.0.0.1",
    ];

    expect(here.filter(isLoopback)).to.deep.equal(here);
    expect(elsewhere.filter(isLoopback)).to.deep.equal([]);
  });
});
