import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** `gateway`: as `npm start` serves. `next`: the route handlers alone, as `next start` serves. */
export const SERVER_KINDS = ["gateway", "next"] as const;
/** `product`: the whole of `npm start` as a process, with its lifecycle and its embedded database. */
export type ServerKind = (typeof SERVER_KINDS)[number] | "product";

export type StartOptions = {
  kind: ServerKind;
  /** Empty for an embedded database of the product's own, in the folder DATA_FOLDER. */
  databaseUrl: string;
  /** Configuration beside the database: CRON_SECRET, LOG_LEVEL and so on. */
  env?: Record<string, string>;
  /** Modules that are loaded before everything else. */
  imports?: string[];
  /** A port to come back on; without it any free one. */
  port?: number;
  /** Another checkout to start, which has a build of its own. */
  root?: string;
};

export type RunningServer = {
  url: string;
  port: number;
  pid: number;
  isRunning(): boolean;
  /** Everything that the process has printed, for messages of failed tests. */
  output(): string;
  /** Asks it to leave and waits until it has. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): void;
};

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** The product also looks whether it is installed and built, and starts Postgres. */
const START_DEADLINE_MS = 120_000;
const STOP_DEADLINE_MS = 15_000;
const ATTEMPTS = 3;

const COMMANDS: Record<ServerKind, (port: number) => string[]> = {
  gateway: () => ["--import", "tsx", "tests/support/serve-child.ts"],
  next: (port) => [
    "node_modules/next/dist/bin/next",
    "start",
    "-H",
    "127.0.0.1",
    "-p",
    String(port),
  ],
  product: () => ["tests/support/start-child.mjs"],
};

/**
 * Starts a real server process on the production build and waits until it is healthy.
 * @throws when the build is missing or the server does not come up; the message holds its output
 */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  if (!existsSync(path.join(options.root ?? ROOT, ".next/BUILD_ID"))) {
    throw new Error("No production build in .next: run `npx next build`, or `npm test`.");
  }
  for (let attempt = 1; ; attempt++) {
    const port = options.port ?? (await freePort());
    const server = launch(options, port);
    try {
      await untilHealthy(server, START_DEADLINE_MS);
      return server;
    } catch (error) {
      server.kill();
      // Another process may have taken the port between our look and the start.
      const taken = server.output().includes("EADDRINUSE") && options.port === undefined;
      if (!taken || attempt === ATTEMPTS) throw error;
    }
  }
}

type Launched = RunningServer & { child: ChildProcess };

function launch(
  { kind, databaseUrl, env = {}, imports = [], root = ROOT }: StartOptions,
  port: number,
): Launched {
  const first = ["./tests/support/exit-with-parent.mjs", ...imports];
  const command = [...first.flatMap((module) => ["--import", module]), ...COMMANDS[kind](port)];
  const child = spawn(process.execPath, command, {
    cwd: root,
    // Its input ends with this process, whatever ends this process.
    stdio: ["pipe", "pipe", "pipe"],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      LOG_LEVEL: "warn",
      // A check that comes every 15 s would raise alerts between the lines of other tests.
      RUN_JOBS: "false",
      NEXTAUTH_SECRET: "a secret of the tests, long enough for one",
      CRON_SECRET: "a secret of the tests",
      // Where Next runs alone, nobody else says under which address it is reached.
      NEXTAUTH_URL: kind === "next" ? `http://127.0.0.1:${port}` : "",
      ...env,
      DATABASE_URL: databaseUrl,
      PORT: String(port),
    },
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-100_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const stop = async () => {
    child.kill("SIGTERM");
    const limit = setTimeout(() => child.kill("SIGKILL"), STOP_DEADLINE_MS);
    await exited;
    clearTimeout(limit);
  };
  return {
    child,
    port,
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? -1,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    output: () => printed,
    stop,
    kill: () => void child.kill("SIGKILL"),
  };
}

async function untilHealthy(server: Launched, deadlineMs: number): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  while (Date.now() < deadline) {
    if (!server.isRunning()) {
      throw new Error(`The server has ended:\n${server.output()}`);
    }
    const health = await fetch(`${server.url}/api/health`, {
      signal: AbortSignal.timeout(5_000),
    }).catch(() => null);
    await health?.arrayBuffer();
    if (health?.ok) return;
    await delay(50);
  }
  throw new Error(`The server is not healthy after ${deadlineMs} ms:\n${server.output()}`);
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
