import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** The beginning of a bulk request, written on a bare socket; its body may never come. */
export type Upload = {
  socket: Socket;
  /** All that was answered so far. */
  received(): string;
};

export type UploadOptions = {
  port: number;
  key: string;
  headers: string[];
  /** What of the body is sent. */
  start?: string;
};

/** Sends the head of a bulk of readings, and the start of its body. */
export async function beginUpload({
  port,
  key,
  headers,
  start = "",
}: UploadOptions): Promise<Upload> {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk.toString();
  });
  // A server that has refused it may cut it off.
  socket.on("error", () => {});
  await once(socket, "connect");
  const head = [
    "POST /api/telemetry/bulk HTTP/1.1",
    "Host: x",
    `Authorization: Bearer ${key}`,
    "Content-Type: application/json",
    ...headers,
  ];
  socket.write(`${head.join("\r\n")}\r\n\r\n${start}`);
  return { socket, received: () => text };
}
