import { serve } from "@/scripts/serve";

// A server process of its own, as `npm start` runs it; tests/support/server.ts starts it.
const serving = await serve({
  databaseUrl: process.env.DATABASE_URL ?? "",
  host: "127.0.0.1",
  port: Number(process.env.PORT),
  dev: false,
});

process.once("SIGTERM", () => {
  serving.close().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
