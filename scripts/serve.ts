import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { Server as NetServer } from "node:net";
import path from "node:path";
import next from "next";
import { env, requireSecrets } from "@/lib/env";
import { applyPolicy } from "@/lib/gateway/content-policy";
import { settleSender } from "@/lib/gateway/forwarded";
import { offerToGateway } from "@/lib/gateway/gateway";
import { plainTarget } from "@/lib/gateway/plain-target";
import { refuse, requestFault } from "@/lib/gateway/request-fault";
import { StaticFiles } from "@/lib/gateway/static-files";
import { log } from "@/lib/server/log";
import { currentRuntime, runtime } from "@/lib/server/runtime";
import { startJobs } from "@/lib/server/schedule/jobs";

export type ServeOptions = { databaseUrl: string; host: string; port: number; dev: boolean };
export type Serving = { url: string; close(): Promise<void> };

/** How long connections that wait for their next request are kept once the server is leaving. */
const IDLE_GRACE_MS = 300;
const DRAIN_LIMIT_MS = 10_000;

/**
 * Runs the product in this process: device traffic goes to the gateway, all else to Next.
 * @throws when the port is taken or the build is missing
 */
export async function serve({ databaseUrl, host, port, dev }: ServeOptions): Promise<Serving> {
  process.env.DATABASE_URL = databaseUrl;
  // next-auth may believe X-Forwarded-Host: settleSender() has made it true.
  process.env.AUTH_TRUST_HOST = "true";
  requireSecrets();
  const { REQUEST_TIMEOUT_SECONDS, TRUST_PROXY } = env();
  const server = createServer({
    requestTimeout: REQUEST_TIMEOUT_SECONDS * 1000,
    headersTimeout: Math.min(15, REQUEST_TIMEOUT_SECONDS) * 1000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 30_000,
  });
  // In production Next gets a server that never listens: it would take every request that offers an
  // upgrade (HTTP/2 clients do) for a websocket of its own and drop it.
  const web = next({ dev, hostname: host, port, httpServer: dev ? server : createServer() });
  await web.prepare();
  const handle = web.getRequestHandler();
  const files = dev ? null : new StaticFiles(path.join(process.cwd(), ".next", "static"));
  let leaving = false;
  server.on("request", (request, response) => {
    if (leaving) response.setHeader("Connection", "close");
    const fault = requestFault(request);
    if (fault) return refuse(response, fault);
    request.url = plainTarget(request.url ?? "/");
    settleSender(request, TRUST_PROXY);
    if (offerToGateway(request, response)) return;
    if (files?.offer(request, response)) return;
    applyPolicy(request, response, { dev });
    handle(request, response).catch((error) => {
      log().error({ err: error }, "request failed");
      response.destroy();
    });
  });
  await listen(server, host, port);
  const jobs = env().RUN_JOBS ? startJobs(runtime()) : null;
  const close = async () => {
    leaving = true;
    // A stream never ends by itself; its reader comes back to the server that follows.
    currentRuntime()?.streams.close();
    await jobs?.stop();
    await drain(server);
    await web.close();
    await runtime().close();
  };
  const shown = host === "0.0.0.0" || host === "127.0.0.1" || host === "::" ? "localhost" : host;
  return { url: `http://${shown}:${(server.address() as { port: number }).port}`, close };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

/**
 * Takes no new connection, answers what is on its way, and lets go of connections with the answer
 * to their next request; those that stay silent are closed after a moment.
 */
async function drain(server: Server): Promise<void> {
  const closed = once(server, "close");
  // http's own close() would cut idle connections at once, with a request perhaps on the wire.
  NetServer.prototype.close.call(server);
  const sweep = setInterval(() => server.closeIdleConnections(), IDLE_GRACE_MS);
  const limit = setTimeout(() => server.closeAllConnections(), DRAIN_LIMIT_MS);
  await closed;
  clearInterval(sweep);
  clearTimeout(limit);
}
