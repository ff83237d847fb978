import { createServer, type ServerResponse } from "node:http";

/** The yardstick of streams: sends what it is posted to all who listen, and does nothing else. */
const readers = new Set<ServerResponse>();
let sent = 0;

const server = createServer((request, response) => {
  if (request.method === "GET") {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(`id: 0\nevent: hello\ndata: {}\n\n`);
    readers.add(response);
    response.on("close", () => readers.delete(response));
    return;
  }
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    sent += 1;
    const event = Buffer.from(`id: ${sent}\nevent: devices\ndata: ${body}\n\n`);
    for (const reader of readers) reader.write(event);
    response.writeHead(201).end("{}");
  });
});

server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
