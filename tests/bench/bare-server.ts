import { createServer } from "node:http";
import { TelemetryMessage } from "@/lib/domain/messages/telemetry";

/** The yardstick: takes and checks the same JSON and answers, without storing anything. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const checked = TelemetryMessage.safeParse(JSON.parse(Buffer.concat(chunks).toString()));
    const content = JSON.stringify(checked.success ? { id: "0", ...checked.data } : checked.error);
    response.writeHead(checked.success ? 201 : 400, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(content),
    });
    response.end(content);
  });
});

server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("listening"));
