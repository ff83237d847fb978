import type { Locator, Page } from "playwright-core";

/** The dialog that is open. */
export const dialog = (page: Page) => page.getByRole("dialog");

/** The button of a dialog or page. */
export const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole("button", { name, exact: true });

/** The row of a table whose head holds a text. */
export const row = (page: Page, name: string | RegExp) =>
  page.locator("tbody tr").filter({ has: page.getByRole("rowheader", { name }) });

/** A text that is shown to be copied. */
export async function shown(page: Page, label: string): Promise<string> {
  const block = page.getByRole("region", { name: label, exact: true });
  return (await block.textContent()) ?? "";
}

/** Goes through the dialog that makes a key for the whole estate. @returns its secret */
export async function makeKeyInBrowser(page: Page, name: string): Promise<string> {
  await button(page, "New key").click();
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await button(dialog(page), "Create key").click();
  await dialog(page).getByText("Copy the secret now").waitFor();
  return shown(page, "Secret");
}

/** Rotates a key. @returns its new secret */
export async function rotateInBrowser(page: Page, name: string, overlap: string): Promise<string> {
  await button(page, `Rotate ${name}`).click();
  await page.getByRole("radio", { name: overlap }).check();
  await button(dialog(page), "Rotate").click();
  await dialog(page).getByText("Copy the secret now").waitFor();
  return shown(page, "Secret");
}

/** Closes a dialog that shows something once. */
export async function closeShown(page: Page): Promise<void> {
  await button(dialog(page), "I have copied it").click();
  await dialog(page).waitFor({ state: "detached" });
}
