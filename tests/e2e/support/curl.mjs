import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";

// curl, as far as the commands on the pages and in README use it: prints the body of the answer,
// and with --fail-with-body fails where the status says so.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: "string", short: "X" },
    header: { type: "string", short: "H", multiple: true },
    data: { type: "string", short: "d" },
    "data-binary": { type: "string" },
    silent: { type: "boolean", short: "s" },
    "show-error": { type: "boolean", short: "S" },
    "fail-with-body": { type: "boolean" },
  },
});
const headers = values.header?.map((line) => /^([^:]+): *(.*)$/.exec(line)?.slice(1) ?? [line]);
const body = values["data-binary"] === "@-" ? await text(process.stdin) : values.data;
const response = await fetch(positionals[0] ?? "", {
  method: values.request ?? (body === undefined ? "GET" : "POST"),
  headers: Object.fromEntries(headers ?? []),
  body,
});
process.stdout.write(await response.text());
if (values["fail-with-body"] && !response.ok) process.exitCode = 22;
