import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface BackendRequest {
  method: string;
  /** Path and query as they were sent. */
  target: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface BackendAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: object | Buffer;
}

type Operation = (request: Record<string, unknown>) => object | Promise<object>;

/** Stands where SageMaker and Glue are served: tests say what each operation answers. */
export class FakeBackend {
  readonly requests: BackendRequest[] = [];
  #operations = new Map<string, Operation>();
  #server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = "", url: target = "", headers } = request;
    this.requests.push({ method, target, headers, body });
    const answer = await this.#answer(String(headers["x-amz-target"] ?? target), body);
    response.writeHead(answer.status ?? 200, {
      "content-type": "application/x-amz-json-1.1",
      "x-amzn-requestid": "11111111-2222-3333-4444-555555555555",
      ...answer.headers,
    });
    response.end(Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  /** Answers the operation, `SageMaker.CreateModel`, or path, `/endpoints/a/invocations`, from now on. */
  answer(operation: string, handle: Operation): void {
    this.#operations.set(operation, handle);
  }

  /** Bodies of the requests for an operation, in order. */
  bodies(operation: string): Record<string, unknown>[] {
    return this.requests
      .filter(({ headers }) => headers["x-amz-target"] === operation)
      .map(({ body }) => JSON.parse(body.toString()));
  }

  reset(): void {
    this.requests.length = 0;
    this.#operations.clear();
  }

  async #answer(operation: string, body: Buffer): Promise<BackendAnswer> {
    const handle = this.#operations.get(operation.replace(/\?.*/, ""));
    if (handle === undefined) return new BackendRefusal("UnknownOperationException", operation);
    const result = await handle(operation.startsWith("/") ? {} : JSON.parse(body.toString()));
    return result instanceof BackendRefusal || "body" in result
      ? (result as BackendAnswer)
      : { body: result };
  }
}

/** An AWS error as an operation's answer. */
export class BackendRefusal implements BackendAnswer {
  readonly status = 400;
  readonly body: object;

  constructor(code: string, message: string) {
    this.body = { __type: code, message };
  }
}
