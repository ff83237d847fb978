import { parseArgs } from "node:util";

// curl, as far as the commands on the pages use it: prints the body of the answer.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    request: { type: "string", short: "X" },
    header: { type: "string", short: "H", multiple: true },
    data: { type: "string", short: "d" },
  },
});
const headers = values.header?.map((line) => /^([^:]+): *(.*)$/.exec(line)?.slice(1) ?? [line]);
const response = await fetch(positionals[0] ?? "", {
  method: values.request,
  headers: Object.fromEntries(headers ?? []),
  body: values.data,
});
process.stdout.write(await response.text());
