import { type ClientRequest, get } from "node:http";

/** What a reader has heard of a device: code, and voltage as the number of the update. */
export type Heard = (code: string, voltage: number) => void;

/** One client of an event stream, as cheap as can be: five hundred of them share a process. */
export class StreamReader {
  /** Resolved at the first event. */
  readonly open: Promise<void>;
  ended = false;
  private readonly request: ClientRequest;

  constructor(url: string, headers: Record<string, string>, heard: Heard) {
    let rest = "";
    let welcome = () => {};
    this.open = new Promise((resolve) => {
      welcome = resolve;
    });
    this.request = get(url, { headers, agent: false }, (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        const blocks = (rest + chunk).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
          welcome();
          if (block.includes("\nevent: devices\n")) tellOf(block, heard);
        }
      });
      response.on("close", () => {
        this.ended = true;
      });
    });
    this.request.on("error", () => {
      this.ended = true;
    });
  }

  close(): void {
    this.request.destroy();
  }
}

const DEVICE = /"code":"([^"]+)".*?"voltage":([\d.]+)/g;

/** Without parsing: the reader must cost less than what it measures. */
function tellOf(block: string, heard: Heard): void {
  for (const [, code, voltage] of block.matchAll(DEVICE)) heard(code!, Number(voltage));
}
