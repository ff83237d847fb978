import { notFound } from "next/navigation";
import { openPage } from "@/app/_session/open-page";

/** An address that no page has; without a session it tells nothing of itself. */
export default async function MissingPage() {
  await openPage("/[...missing]");
  notFound();
}
