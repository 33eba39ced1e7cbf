import { type AddressInfo, createServer } from "node:net";

/** A port of 127.0.0.1 that the system says is free. */
export async function freePort(): Promise<number> {
  return await tryPort(0);
}

/** @throws an Error that says why the port cannot be used */
export async function checkPort(port: number): Promise<void> {
  await tryPort(port).catch((error: NodeJS.ErrnoException) => {
    throw new Error(
      `port ${port} cannot be used (${error.code}): name another one with --port, or none`,
    );
  });
}

async function tryPort(wanted: number): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(wanted, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
