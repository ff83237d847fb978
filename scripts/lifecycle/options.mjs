import { createServer } from "node:net";
import { Failure } from "./failure.mjs";

/**
 * @param {string[]} args
 * @param {{ PORT?: string, HOST?: string }} env
 * @param {string} [command] what was typed, for advice that can be pasted
 * @throws {Failure} when PORT or an argument can't be understood
 */
export function readOptions(args, env, command = "npm start") {
  const unknown = args.find((arg) => arg !== "--dev");
  if (unknown) {
    throw new Failure(
      `Unknown argument ${unknown}. The port and address are set by PORT and HOST: PORT=3001 ${command}`,
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
 * @param {string} [command]
 * @throws {Failure}
 */
export async function requireFreePort(host, port, command = "npm start") {
  const error = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
  if (error) throw portFailure(error, host, port, command);
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} host
 * @param {number} port
 * @param {string} command
 */
export function portFailure(error, host, port, command) {
  if (error.code === "EADDRINUSE") {
    return new Failure(
      `Port ${port} on ${host} is already in use. Stop what runs there, or choose another one: PORT=${otherPort(port)} ${command}`,
    );
  }
  if (error.code === "EACCES") {
    return new Failure(
      `Port ${port} is reserved for root. Choose one above 1023: PORT=3000 ${command}`,
    );
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new Failure(`HOST=${host} is not an address of this machine.`);
  }
  return error;
}

/** @param {number} port */
const otherPort = (port) => (port < 65_535 ? port + 1 : 3000);
