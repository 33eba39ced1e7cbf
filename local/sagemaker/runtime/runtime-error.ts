import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";

/** An error of SageMaker Runtime; `members` are those of its shape beside the message. */
export class RuntimeError extends Error {
  readonly code: string;
  readonly status: number;
  readonly members: object;

  constructor(code: string, message: string, status = 400, members: object = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}

/** Sends an error as the REST protocol carries it: its name in a header. */
export function sendError(response: ServerResponse, error: RuntimeError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ ...error.members, Message: error.message });
  response.writeHead(error.status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    "x-amzn-errortype": error.code,
    "x-amzn-requestid": randomUUID(),
  });
  response.end(body);
}
