export interface WorkerResponse {
  status: number;
  /** Names in lower case. */
  headers: Map<string, string>;
  body: Buffer;
}

export const HEAD_END = Buffer.from("\r\n\r\n");

const LINE_END = Buffer.from("\r\n");

/**
 * The response in `received`, whose head ends at `end`; undefined while its body is incomplete.
 *
 * @param isWhole whether the connection has ended: a body of no given length ends with it
 * @throws Error for what is no answer
 */
export function parseResponse(
  received: Buffer,
  end: number,
  isWhole: boolean,
): WorkerResponse | undefined {
  const [statusLine, ...lines] = received.toString("latin1", 0, end).split("\r\n");
  const status = Number(statusLine?.split(" ")[1]);
  if (!(status >= 200)) throw new Error(`the worker answered ${statusLine}`);
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  const body = bodyOf(received.subarray(end + HEAD_END.length), status, headers, isWhole);
  return body && { status, headers, body };
}

function bodyOf(
  rest: Buffer,
  status: number,
  headers: ReadonlyMap<string, string>,
  isWhole: boolean,
): Buffer | undefined {
  if (status === 204) return Buffer.alloc(0);
  if (headers.get("transfer-encoding")?.toLowerCase() === "chunked") return chunkedBody(rest);
  const given = headers.get("content-length");
  if (given === undefined) return isWhole ? rest : undefined;
  const length = Number(given);
  if (!Number.isInteger(length)) throw new Error(`the worker's Content-Length is ${given}`);
  return rest.length < length ? undefined : rest.subarray(0, length);
}

/** Chunks, each after its length in hexadecimal digits, the last one of length 0; undefined while some are missing. */
function chunkedBody(rest: Buffer): Buffer | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = rest.indexOf(LINE_END, at);
    if (lineEnd === -1) return undefined;
    const line = rest.toString("latin1", at, lineEnd);
    const size = Number.parseInt(line, 16);
    if (!(size >= 0)) throw new Error(`the worker's chunk has the length ${line}`);
    const start = lineEnd + LINE_END.length;
    const next = start + size + LINE_END.length;
    if (rest.length < next) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(rest.subarray(start, start + size));
    at = next;
  }
}
