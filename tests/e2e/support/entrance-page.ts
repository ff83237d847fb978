import type { Page } from "playwright-core";
import { until } from "@/tests/support/clock";

export const FIRST_PASSWORD = "seven grey herons at dawn";

/** Waits until a button takes clicks, and so until its page's script is there. */
export async function untilReady(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await until(`the button ${name}`, () => button.isEnabled());
}

/** Sends the sign-in form. */
export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("textbox", { name: "Password", exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Sends the sign-in form and waits for what it answers. @returns the answer in its words */
export async function signInRefused(page: Page, email: string, password: string): Promise<string> {
  const answered = page.waitForResponse((answer) => answer.url().includes("/callback/credentials"));
  await signIn(page, email, password);
  await (await answered).finished();
  return (await page.getByRole("main").getByRole("alert").textContent()) ?? "";
}

/** Opens the menu of who is signed in. @returns what it says of them, line by line */
export async function openUserMenu(page: Page): Promise<string[]> {
  await page.getByRole("button", { name: /: your account$/ }).click();
  const menu = page.getByRole("dialog");
  await menu.getByText("@").waitFor();
  // biome-ignore lint/performance/useDomNodeTextContent: its lines are what the tests compare
  return (await menu.innerText()).split("\n").filter(Boolean);
}

/** Fills the part of set-up that concerns the administrator. */
export async function fillAdministrator(page: Page): Promise<void> {
  await page.getByLabel("Name", { exact: true }).fill("Ada Wong");
  await page.getByLabel("E-mail address").fill("ada@example.com");
  await page.getByRole("textbox", { name: "Password", exact: true }).fill(FIRST_PASSWORD);
}
