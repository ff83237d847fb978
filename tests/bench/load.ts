import { connect, type Socket } from "node:net";

export type LoadOptions = {
  url: string;
  path: string;
  /** Shown with every request. */
  key: string;
  connections: number;
  seconds: number;
  /** Body of the n-th request, counted over all connections. */
  body(n: number): string;
  /** Is given each answer, head and body. */
  answered?(answer: string): void;
};

/** Latencies in milliseconds; `other` counts answers that were not 201. */
export type LoadResult = {
  perSecond: number;
  p50: number;
  p99: number;
  answers: number;
  other: number;
};

/**
 * Keeps so many keep-alive connections busy with POSTs, one at a time each. Written on bare sockets:
 * a full HTTP client would take as much of the machine as the server that it measures.
 */
export async function loadWithPosts(options: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  const state = { sent: 0, other: 0, stopped: false };
  const started = performance.now();
  const timer = setTimeout(() => {
    state.stopped = true;
  }, options.seconds * 1000);
  const connections = Array.from({ length: options.connections }, () =>
    keepBusy(options, state, latencies),
  );
  await Promise.all(connections);
  clearTimeout(timer);
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const percentile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    perSecond: latencies.length / seconds,
    p50: percentile(0.5),
    p99: percentile(0.99),
    answers: latencies.length,
    other: state.other,
  };
}

type State = { sent: number; other: number; stopped: boolean };

function keepBusy(options: LoadOptions, state: State, latencies: number[]): Promise<void> {
  const { hostname, port } = new URL(options.url);
  const head = `POST ${options.path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${options.key}\r\nContent-Type: application/json\r\n`;
  return new Promise((resolve, reject) => {
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sentAt = 0;
    let received = "";
    const send = () => {
      if (state.stopped) return socket.end(resolve);
      const body = options.body(state.sent++);
      sentAt = performance.now();
      socket.write(`${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
    };
    socket.once("connect", send);
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      received += chunk.toString("latin1");
      if (!isComplete(received)) return;
      latencies.push(performance.now() - sentAt);
      if (!received.startsWith("HTTP/1.1 201")) state.other += 1;
      options.answered?.(received);
      received = "";
      send();
    });
  });
}

/** Whether a whole answer has come, by its length or its last chunk. */
function isComplete(received: string): boolean {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, headEnd + 2));
  return length
    ? received.length >= headEnd + 4 + Number(length[1])
    : received.endsWith("0\r\n\r\n");
}
