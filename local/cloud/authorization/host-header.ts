import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Whether a request means this server. A page in the user's browser may reach it under a name of its own that resolves to
 * 127.0.0.1 (DNS rebinding), and could then read the answers: the Host header gives that away.
 */
export function meansThisServer({ headers }: IncomingMessage, port: number): boolean {
  const host = headers.host?.toLowerCase();
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** Answers a request that means another server, and reads none of it. */
export function refuseHost(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const message = "The Host header names another host";
  const body = JSON.stringify({ __type: "AccessDeniedException", message });
  response.writeHead(403, {
    "content-type": "application/x-amz-json-1.1",
    "content-length": Buffer.byteLength(body),
    "x-amzn-errortype": "AccessDeniedException",
  });
  response.end(body);
}
