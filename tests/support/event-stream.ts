import { BY_TEST_KEY } from "./api";
import { until } from "./clock";

// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire has no type until it is checked
export type ServerEvent = { id: string; event: string; data: any };

/** An open stream of server-sent events, as a client without retries reads it. */
export class EventStream {
  readonly events: ServerEvent[] = [];
  /** Whether the server has ended it. */
  ended = false;
  status = 0;
  private readonly abort = new AbortController();

  /** Opens a stream and waits for its first event. */
  static async open(
    url: string,
    headers: Record<string, string> = BY_TEST_KEY,
    path = "/api/live",
  ): Promise<EventStream> {
    const stream = new EventStream();
    await stream.read(url + path, headers);
    await until("the first event of a stream", () => stream.events.length > 0);
    return stream;
  }

  close(): void {
    this.abort.abort();
  }

  named(event: string): ServerEvent[] {
    return this.events.filter((heard) => heard.event === event);
  }

  /** Waits for an event that this holds for. */
  async waitFor(
    event: string,
    // biome-ignore lint/suspicious/noExplicitAny: see above
    condition: (data: any) => unknown = () => true,
  ): Promise<ServerEvent> {
    return until(`the event ${event}`, () =>
      this.named(event).find(({ data }) => Boolean(condition(data))),
    );
  }

  private async read(url: string, headers: Record<string, string>): Promise<void> {
    const response = await fetch(url, { headers, signal: this.abort.signal });
    this.status = response.status;
    if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
    void this.follow(response.body)
      .catch(() => {})
      .finally(() => {
        this.ended = true;
      });
  }

  private async follow(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of body as unknown as AsyncIterable<Uint8Array>) {
      const blocks = (rest + decoder.decode(bytes, { stream: true })).split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) this.events.push(parsed(block));
    }
  }
}

function parsed(block: string): ServerEvent {
  const field = (name: string) =>
    block
      .split("\n")
      .find((line) => line.startsWith(`${name}: `))
      ?.slice(name.length + 2) ?? "";
  return { id: field("id"), event: field("event"), data: JSON.parse(field("data")) };
}
