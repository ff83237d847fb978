import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A way to a database that can be cut and fixed, as when the database's machine goes away. */
export type CuttableDatabase = {
  url: string;
  cut(): void;
  /** Cuts it so that both ends see a reset, not an orderly end. */
  reset(): void;
  mend(): void;
  close(): Promise<void>;
};

/** Puts a plain TCP relay in front of a database. */
export async function cuttableDatabase(databaseUrl: string): Promise<CuttableDatabase> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let isCut = false;
  const relay = createServer((client) => {
    if (isCut) return client.destroy();
    const server = connect(Number(target.port || 5432), target.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        client.destroy();
        server.destroy();
      });
    }
    client.pipe(server).pipe(client);
  });
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const url = new URL(databaseUrl);
  url.hostname = "127.0.0.1";
  url.port = String((relay.address() as AddressInfo).port);
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  const reset = () => {
    isCut = true;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  const close = async () => {
    cut();
    relay.close();
    await once(relay, "close");
  };
  const mend = () => {
    isCut = false;
  };
  return { url: url.toString(), cut, reset, mend, close };
}
