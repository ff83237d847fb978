import { createServer } from "node:net";
import { Failure } from "./failure.mjs";

/**
 * @param {string[]} args
 * @param {{ PORT?: string, HOST?: string }} env
 * @throws {Failure} when PORT or an argument can't be understood
 */
export function readOptions(args, env) {
  const unknown = args.find((arg) => arg !== "--dev");
  if (unknown) {
    throw new Failure(
      `Unknown argument ${unknown}. The port and address are set by PORT and HOST: PORT=3001 npm start`,
    );
  }
  const port = Number(env.PORT || "3000");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Failure(`PORT must be a number from 0 to 65535, not "${env.PORT}".`);
  }
  return { dev: args.includes("--dev"), port, host: env.HOST || "127.0.0.1" };
}

/**
 * Finds out before minutes of building what would stop the server from listening after them.
 * @param {string} host
 * @param {number} port
 * @throws {Failure}
 */
export async function requireFreePort(host, port) {
  const error = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  if (error) throw portFailure(error, host, port);
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} host
 * @param {number} port
 */
export function portFailure(error, host, port) {
  if (error.code === "EADDRINUSE") {
    return new Failure(
      `Port ${port} on ${host} is already in use. Stop what runs there, or choose another one: PORT=${port + 1} npm start`,
    );
  }
  if (error.code === "EACCES") {
    return new Failure(`Port ${port} is reserved for root. Choose one above 1023: PORT=3000`);
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new Failure(`HOST=${host} is not an address of this machine.`);
  }
  return error;
}
