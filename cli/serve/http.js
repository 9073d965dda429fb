/**
 * The server of HTTP: limits, time-outs, and bodies that are read no further than they may be.
 */
import { createServer } from "node:http";
import { Refusal } from "./refusal.js";

/** Bytes of a body; the filter of 100,000 values of a field does not fit, as it would not at the service. */
export const MOST_BYTES = 1 << 20;
const MOST_CONNECTIONS = 256;

/**
 * @param {(call: import("./endpoint.js").Call) => Promise<any>} endpoint
 * @param {(entry: any) => void} log
 */
export function httpServer(endpoint, log) {
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5_000,
      connectionsCheckingInterval: 1_000,
    },
    (request, response) => {
      respond(request, response).catch(() => response.destroy());
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = 100;
  server.on("clientError", (error, socket) => {
    const status = /** @type {any} */ (error).code === "HPE_HEADER_OVERFLOW" ? 431 : 400;
    log({ method: "-", action: "-", status, code: "MalformedRequest", ms: 0 });
    if (!socket.writable) return socket.destroy();
    socket.end(
      `HTTP/1.1 ${status} ${status === 431 ? "Request Header Fields Too Large" : "Bad Request"}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    // A client that does not close would keep the socket.
    /** @type {any} */ (socket).destroySoon();
  });
  return server;

  async function respond(request, response) {
    const began = performance.now();
    const { method } = request;
    const [path, ...rest] = request.url.split("?");
    if (path === "/healthz" && (method === "GET" || method === "HEAD"))
      return send(response, 200, "text/plain", "ok\n");
    const refusal = refusedAtOnce(method, path);
    const body = refusal ? Buffer.alloc(0) : await bodyOf(request);
    if (refusal || body === undefined) {
      const { status, code } = refusal ?? new Refusal(413, "RequestEntityTooLarge", "");
      log({ method, action: "-", status, code, ms: performance.now() - began });
      response.setHeader("Connection", "close");
      send(response, status, "text/plain", `${code}\n`);
      // What is still coming is not read.
      response.once("finish", () => request.destroy());
      return;
    }
    const address = (request.socket.remoteAddress ?? "").replace(/^::ffff:/, "");
    const call = { method, path, query: rest.join("?"), headers: request.headers, body, address };
    const { status, type, text, action, code, RequestId, fault } = await endpoint(call);
    log({ method, action, status, code, requestId: RequestId, ms: performance.now() - began, fault });
    send(response, status, type, text);
  }
}

function refusedAtOnce(method, path) {
  if (path !== "/") return new Refusal(404, "NotFound", "");
  if (method !== "GET" && method !== "POST") return new Refusal(405, "UnsupportedHTTPMethod", "");
}

/** The bytes of a body, or nothing where they are too many. */
async function bodyOf(request) {
  if (Number(request.headers["content-length"] ?? 0) > MOST_BYTES) return undefined;
  const pieces = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (piece) => {
      size += piece.length;
      if (size > MOST_BYTES) {
        request.pause();
        resolve(undefined);
      } else pieces.push(piece);
    });
    request.on("end", () => resolve(Buffer.concat(pieces)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("the client is gone")));
  });
}

function send(response, status, type, text) {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}
