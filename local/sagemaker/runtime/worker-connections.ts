import { connect, type Socket } from "node:net";
import { HEAD_END, parseResponse, type WorkerResponse } from "./worker-response.ts";

/** The worker took longer than SageMaker lets a container take. */
export class WorkerTimeout extends Error {}

/** SageMaker's limit for one invocation. */
const RESPONSE_TIMEOUT_MS = 60_000;

/** More requests at a time wait for a connection. */
const MAX_CONNECTIONS = 64;

/**
 * Keep-alive connections to one worker on 127.0.0.1. It speaks just the HTTP/1.1 that a request with a
 * body and its response need: node:http's client costs twice as much for each request.
 */
export class WorkerConnections {
  readonly #port: number;
  readonly #responseTimeoutMs: number;
  readonly #idle: Connection[] = [];
  readonly #all = new Set<Connection>();
  readonly #waiting: ((connection: Connection) => void)[] = [];

  constructor(port: number, responseTimeoutMs = RESPONSE_TIMEOUT_MS) {
    this.#port = port;
    this.#responseTimeoutMs = responseTimeoutMs;
  }

  /**
   * Sends one request.
   * @param head request line and headers, without the empty line that ends them
   * @throws WorkerTimeout, or the connection's error
   */
  async send(head: string, body: Buffer): Promise<WorkerResponse> {
    const connection = await this.#acquire();
    const reused = connection.used;
    try {
      return await connection.exchange(head, body);
    } catch (error) {
      // The worker may close a connection at the very moment that it is used again.
      if (reused && error instanceof ConnectionClosed) {
        return await this.#open().exchange(head, body);
      }
      throw error;
    }
  }

  close(): void {
    for (const connection of this.#all) connection.destroy();
  }

  #acquire(): Connection | Promise<Connection> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    if (this.#all.size < MAX_CONNECTIONS) return this.#open();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #open(): Connection {
    const connection = new Connection(
      connect({
        port: this.#port,
        host: "127.0.0.1",
        noDelay: true,
        timeout: this.#responseTimeoutMs,
      }),
      () => this.#release(connection),
      () => this.#forget(connection),
    );
    this.#all.add(connection);
    return connection;
  }

  #release(connection: Connection): void {
    const next = this.#waiting.shift();
    if (next) next(connection);
    else this.#idle.push(connection);
  }

  #forget(connection: Connection): void {
    this.#all.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
    const next = this.#waiting.shift();
    if (next) next(this.#open());
  }
}

class ConnectionClosed extends Error {}

class Connection {
  used = false;
  readonly #socket: Socket;
  readonly #released: () => void;
  #received: Buffer = Buffer.alloc(0);
  #exchange: PromiseWithResolvers<WorkerResponse> | undefined;

  constructor(socket: Socket, released: () => void, closed: () => void) {
    this.#socket = socket;
    this.#released = released;
    socket.on("data", (chunk) => this.#read(chunk));
    socket.on("timeout", () => {
      // An idle connection that is old is closed as well: the next request opens a new one.
      this.#fail(new WorkerTimeout("the worker did not answer in time"));
    });
    socket.on("error", (error) => this.#fail(new ConnectionClosed(error.message)));
    socket.on("close", () => {
      this.#parse(true);
      this.#fail(new ConnectionClosed("the worker closed the connection"));
      closed();
    });
  }

  exchange(head: string, body: Buffer): Promise<WorkerResponse> {
    this.used = true;
    this.#exchange = Promise.withResolvers();
    if (this.#socket.destroyed) this.#fail(new ConnectionClosed("the connection is closed"));
    else {
      const text = `${head}content-length: ${body.length}\r\n\r\n`;
      this.#socket.write(Buffer.concat([Buffer.from(text, "latin1"), body]));
    }
    return this.#exchange?.promise ?? Promise.reject(new ConnectionClosed("closed"));
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    if (this.#exchange) this.#parse(false);
    else this.#socket.destroy(); // Nobody asked.
  }

  /** @param isWhole whether no more will come */
  #parse(isWhole: boolean): void {
    const exchange = this.#exchange;
    const end = this.#received.indexOf(HEAD_END);
    if (!exchange || end === -1) return;
    let response: WorkerResponse | undefined;
    try {
      response = parseResponse(this.#received, end, isWhole);
    } catch (error) {
      this.#fail(error as Error);
      return;
    }
    if (!response) return;
    this.#received = Buffer.alloc(0);
    this.#exchange = undefined;
    const closes = response.headers.get("connection")?.toLowerCase() === "close";
    if (closes || isWhole) this.#socket.destroy();
    else this.#released();
    exchange.resolve(response);
  }

  #fail(error: Error): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#socket.destroy();
    exchange?.reject(error);
  }
}
