const YEAR_SECONDS = 365 * 86_400;

/** The cookie that remembers, for a user in a browser, that the checklist was dismissed. */
export const dismissalCookie = (userId: number) => `checklist-dismissed-${userId}`;

/** Keeps the checklist from this user in this browser from now on. */
export function dismissChecklist(userId: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${dismissalCookie(userId)}=1; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}
