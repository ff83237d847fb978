/** What the browser lets this page do; "missing" where it can't show notifications at all. */
export type NoticePermission = NotificationPermission | "missing";

/** Browsers offer notifications to pages that came over https, or from the same machine. */
export const noticePermission = (): NoticePermission =>
  "Notification" in window ? Notification.permission : "missing";

/** Asks anyone who looks; to be called from a click. */
export async function askForNotices(): Promise<NoticePermission> {
  return "Notification" in window ? Notification.requestPermission() : "missing";
}

type Notice = { title: string; text: string; tag: string; onClick: () => void };

/** Shows a notification; several tabs that show the same one show it once. */
export function showNotice({ title, text, tag, onClick }: Notice): void {
  if (noticePermission() !== "granted") return;
  try {
    const notice = new Notification(title, { body: text, tag });
    notice.onclick = () => {
      window.focus();
      notice.close();
      onClick();
    };
  } catch (error) {
    // Browsers on phones have the permission, but not for pages.
    if (!(error instanceof TypeError)) throw error;
  }
}
