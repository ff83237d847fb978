/** Of a window: the server said that there is no session any more. */
export const SESSION_ENDED = "session-ended";

const CHANNEL = "smart-parking-session";

/** Says in this tab that its session is over. */
export function sayThatSessionEnded(): void {
  window.dispatchEvent(new Event(SESSION_ENDED));
}

/** Tells the other tabs of this browser that it signed out. */
export function tellOtherTabsOfSignOut(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("signed out");
  channel.close();
}

/** @returns stops listening */
export function listenForSignOut(onSignOut: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = onSignOut;
  return () => channel.close();
}
